//! Sitemaps, lists with pages, attachments, scopes: each address once, however it is spelled.

use nianbao_fetch::{Role, Scope};

use crate::run::{Simulated, run, settings, source};
use crate::server::{Server, answer};

fn site() -> Server {
    Server::start(|request, stream| {
        let html = |stream: &mut std::net::TcpStream, body: &str| {
            answer(stream, 200, &["Content-Type: text/html"], body.as_bytes())
        };
        match request.target.as_str() {
            "/robots.txt" => answer(
                stream,
                200,
                &[],
                format!("Sitemap: http://{}/sitemap.xml", request.header("host")).as_bytes(),
            ),
            "/sitemap.xml" => {
                let host = request.header("host");
                let body = format!(
                    "<urlset><url><loc>http://{host}/xxgk/from-sitemap.html</loc></url><url><loc>http://{host}/news/1.html</loc></url></urlset>"
                );
                answer(stream, 200, &["Content-Type: text/xml"], body.as_bytes())
            }
            "/list/" => html(
                stream,
                "<a href='../xxgk/1.html'>年报</a><a href='/xxgk/./%31.html#a'>again</a><a href=/news/2.html>news</a><a href=index_1.html>下一页</a>",
            ),
            "/list/index_1.html" => html(
                stream,
                "<a href=/xxgk/2.html>2</a><a href=http://elsewhere.example/xxgk/3.html>x</a><a href=/list/>1</a><a href=index_2.html>下一页</a>",
            ),
            "/list/index_2.html" => html(stream, "<a href=/xxgk/4.html>4</a>"),
            "/xxgk/1.html" => html(
                stream,
                "<a href=/files/P020.pdf>附件</a><a href=/xxgk/no.html>another page</a>",
            ),
            "/files/P020.pdf" => {
                answer(stream, 200, &["Content-Type: application/pdf"], b"%PDF-1.7")
            }
            target if target.starts_with("/xxgk/") => html(stream, target),
            _ => answer(stream, 404, &[], b""),
        }
    })
}

fn found(pages: u32, robots_sitemaps: bool) -> Vec<(String, Role)> {
    let server = site();
    let folder = tempfile::tempdir().unwrap();
    let clock = Simulated::at("2026-11-24T02:00:00+08:00");
    let mut source = source(&server, Role::List, ["/list/"]);
    source.scope = Scope::new([server.host().as_str()], ["/xxgk/**"], []).unwrap();
    source.pages = pages;
    source.robots_sitemaps = robots_sitemaps;
    let (_, visits) = run(folder.path(), &[source], &settings(), &clock);
    let mut targets: Vec<String> = server
        .seen()
        .into_iter()
        .map(|request| request.target)
        .collect();
    targets.sort();
    let all: Vec<&String> = visits.keys().collect();
    assert_eq!(
        targets.iter().collect::<Vec<_>>(),
        all,
        "each was asked for once"
    );
    visits
        .into_iter()
        .map(|(target, visit)| (target, visit.role))
        .collect()
}

#[test]
fn lists_lead_over_their_pages_to_documents_and_these_to_their_files() {
    let all = found(10, true);
    let expected = [
        ("/files/P020.pdf", Role::Attachment),
        ("/list/", Role::List),
        ("/list/index_1.html", Role::List),
        ("/list/index_2.html", Role::List),
        ("/sitemap.xml", Role::Sitemap),
        ("/xxgk/1.html", Role::Document),
        ("/xxgk/2.html", Role::Document),
        ("/xxgk/4.html", Role::Document),
        ("/xxgk/from-sitemap.html", Role::Document),
    ];
    assert_eq!(
        all,
        expected.map(|(target, role)| (target.to_owned(), role))
    );
    let two_pages: Vec<String> = found(2, false)
        .into_iter()
        .map(|(target, _)| target)
        .collect();
    assert!(
        two_pages.contains(&"/xxgk/2.html".to_owned())
            && !two_pages.contains(&"/xxgk/4.html".to_owned())
    );
    assert!(!two_pages.contains(&"/sitemap.xml".to_owned()));
}
