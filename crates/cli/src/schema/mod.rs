//! `nianbao schema`: the shapes of what goes in and comes out, for machines and for people.

mod codebook;
mod markdown;
mod profile;

use crate::args::{
    SchemaCodebookArgs, SchemaCommand, SchemaExportArgs, SchemaFormat, SchemaProfileArgs,
};
use crate::exit::{Exit, Failure};
use crate::profile as folder;

/// Prints what was asked for.
pub(crate) fn run(command: &SchemaCommand) -> Result<Exit, Failure> {
    match command {
        SchemaCommand::Record => print_json(&record::json_schema()),
        SchemaCommand::Error => print_json(&schemars::schema_for!(record::ErrorRecord)),
        SchemaCommand::Document => print_json(&schemars::schema_for!(record::ListedDocument)),
        SchemaCommand::Finding => print_json(&schemars::schema_for!(record::Finding)),
        SchemaCommand::Doubt => print_json(&schemars::schema_for!(record::QueuedDoubt)),
        SchemaCommand::Export(args) => print_tables(args),
        SchemaCommand::Codebook(args) => print_codebook(args),
        SchemaCommand::Profile(args) => print_profile(args),
    }
}

fn print_tables(args: &SchemaExportArgs) -> Result<Exit, Failure> {
    let own = folder::read(args.profile.as_deref())?;
    let known = own.as_ref().unwrap_or(::codebook::Codebook::builtin());
    print_json(&serde_json::json!({
        "schema": export::SCHEMA_VERSION,
        "tables": export::tables(known),
    }))
}

fn print_codebook(args: &SchemaCodebookArgs) -> Result<Exit, Failure> {
    let own = folder::read(args.profile.as_deref())?;
    let known = own.as_ref().unwrap_or(::codebook::Codebook::builtin());
    let document = codebook::Document::new(known);
    match args.format {
        SchemaFormat::Json => print_json(&document),
        SchemaFormat::JsonSchema => print_json(&schemars::schema_for!(codebook::Document)),
        SchemaFormat::Markdown => crate::print(&markdown::codebook(&document)),
    }
}

fn print_profile(args: &SchemaProfileArgs) -> Result<Exit, Failure> {
    let kinds = ::codebook::file_kinds();
    match args.format {
        SchemaFormat::Markdown => crate::print(&profile::markdown(&kinds)),
        SchemaFormat::Json | SchemaFormat::JsonSchema => print_json(&profile::json(&kinds)),
    }
}

fn print_json(value: &impl serde::Serialize) -> Result<Exit, Failure> {
    let text = serde_json::to_string_pretty(value);
    let text = text.map_err(|error| Failure::fatal(error.to_string()))?;
    crate::print(&(text + "\n"))
}
