//! A table that page furniture broken in two is made whole.

use model::{Block, BlockContent, Grid, Layer};

use crate::Piece;
use crate::cell_type::CellType;
use crate::rectangle::Positions;

/// Joins a grid to the one before where that is certain: nothing but furniture between them, as many
/// columns of the same types, the first with a header, the second with neither header nor caption.
pub(crate) fn join(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    // The last grid made here, while only furniture has followed it.
    let mut last: Option<usize> = None;
    for mut piece in pieces {
        let furniture = matches!(piece.block.layer, Layer::Furniture(_));
        let grid = piece.fresh && !furniture;
        if let Some(first) = last.and_then(|at| out.get_mut(at)).filter(|_| grid)
            && first
                .block
                .grid()
                .zip(piece.block.grid())
                .is_some_and(|(a, b)| goes_on(a, b))
        {
            append(&mut first.block, &mut piece.block);
            continue;
        }
        if grid {
            last = Some(out.len());
        } else if !furniture {
            last = None;
        }
        out.push(piece);
    }
    out
}

fn goes_on(first: &Grid, second: &Grid) -> bool {
    first.columns == second.columns
        && first.shape == second.shape
        && first.columns > 1
        && first.header_rows > 0
        && first.header_rows < first.rows
        && second.header_rows == 0
        && second.caption.is_none()
        && types(first)
            .into_iter()
            .zip(types(second))
            .all(|(a, b)| a == b || b == CellType::Blank)
        && types(second).contains(&CellType::Number)
}

/// The commonest type of each column below the header.
fn types(grid: &Grid) -> Vec<CellType> {
    let positions = Positions::of(grid);
    (0..grid.columns)
        .map(|column| {
            let kinds: Vec<CellType> = positions
                .column(column)
                .skip(grid.header_rows)
                .filter_map(|owner| grid.cells.get(owner))
                .filter(|cell| cell.column_span < grid.columns)
                .map(|cell| CellType::of(cell.text.value()))
                .filter(|kind| *kind != CellType::Blank)
                .collect();
            let count = |wanted: CellType| kinds.iter().filter(|kind| **kind == wanted).count();
            [CellType::Label, CellType::Number, CellType::Unit]
                .into_iter()
                .max_by_key(|kind| count(*kind))
                .filter(|_| !kinds.is_empty())
                .unwrap_or(CellType::Blank)
        })
        .collect()
}

fn append(first: &mut Block, second: &mut Block) {
    let place = second.place.clone();
    first.place = first.place.joined(&place);
    let (BlockContent::Grid(whole), BlockContent::Grid(rest)) =
        (&mut first.content, &mut second.content)
    else {
        return;
    };
    for mut cell in rest.cells.drain(..) {
        cell.row += whole.rows;
        // The joined table's place need not cover this part: the cells keep it.
        cell.place.get_or_insert_with(|| place.clone());
        whole.cells.push(cell);
    }
    whole.rows += rest.rows;
}
