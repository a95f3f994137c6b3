//! What a source file names: every path, macro and method outside of its tests, with imports followed. Comments and
//! strings are no names, since the file is read as Rust reads it.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, ExprMethodCall, File, ImplItemFn, Item, ItemMod, ItemUse, Macro, UseTree};

/// What a file of the module at a path names: `crate::report::Report`, `std::fs::read`, `println!`, `.exists`.
pub(crate) fn names(text: &str, module: &[String]) -> syn::Result<BTreeSet<String>> {
    let file: File = syn::parse_str(text)?;
    let mut reader = Reader { module: module.to_vec(), ..Reader::default() };
    reader.visit_file(&file);
    Ok(reader.followed())
}

#[derive(Default)]
struct Reader {
    /// The module that is being read.
    module: Vec<String>,
    /// What was named, each with its module.
    found: Vec<(Vec<String>, Vec<String>)>,
    /// What a name of the file stands for.
    imports: BTreeMap<String, BTreeSet<Vec<String>>>,
}

fn parts(path: &[&str]) -> Vec<String> {
    path.iter().map(|part| (*part).to_owned()).collect()
}

/// A path from the root of the crate, or as it is where it does not say where it begins.
fn absolute(path: &[String], module: &[String]) -> Vec<String> {
    let mut at = match path.first().map(String::as_str) {
        Some("crate" | "preavis") => return [parts(&["crate"]), path[1..].to_vec()].concat(),
        Some("self" | "super") => module.to_vec(),
        _ => return path.to_vec(),
    };
    let mut rest = path;
    while let Some((word, tail)) = rest.split_first().filter(|(word, _)| matches!(word.as_str(), "self" | "super")) {
        if word == "super" {
            at.pop();
        }
        rest = tail;
    }
    [parts(&["crate"]), at, rest.to_vec()].concat()
}

impl Reader {
    fn name(&mut self, path: Vec<String>) {
        self.found.push((path, self.module.clone()));
    }

    fn import(&mut self, name: &str, path: &[String]) {
        let target = absolute(path, &self.module);
        self.imports.entry(name.to_owned()).or_default().insert(target);
        self.name(path.to_vec());
    }

    /// Everything named, from its beginning; a name that two modules import from two places stands for both.
    fn followed(self) -> BTreeSet<String> {
        let mut out = BTreeSet::new();
        for (path, module) in &self.found {
            let path = absolute(path, module);
            out.insert(path.join("::"));
            for target in path.first().and_then(|first| self.imports.get(first)).into_iter().flatten() {
                out.insert([target, &path[1..]].concat().join("::"));
            }
        }
        out
    }

    fn tree(&mut self, tree: &UseTree, before: &[String]) {
        let with = |name: String| [before, &[name]].concat();
        match tree {
            UseTree::Path(path) => self.tree(&path.tree, &with(path.ident.to_string())),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.tree(tree, before)),
            UseTree::Glob(_) => self.name(with("*".to_owned())),
            UseTree::Name(name) if name.ident == "self" => {
                self.import(&before.last().cloned().unwrap_or_default(), before);
            }
            UseTree::Name(name) => self.import(&name.ident.to_string(), &with(name.ident.to_string())),
            UseTree::Rename(name) if name.ident == "self" => self.import(&name.rename.to_string(), before),
            UseTree::Rename(name) => self.import(&name.rename.to_string(), &with(name.ident.to_string())),
        }
    }

    /// The paths in what a macro takes or is made of, where `a::{b, c}` is an import.
    fn tokens(&mut self, stream: TokenStream, before: &[String]) {
        let all: Vec<TokenTree> = stream.into_iter().collect();
        let is = |at: usize, sign: char| matches!(all.get(at), Some(TokenTree::Punct(it)) if it.as_char() == sign);
        let mut at = 0;
        while let Some(token) = all.get(at) {
            at += 1;
            let first = match token {
                TokenTree::Group(group) => {
                    // `pub(crate)` uses nothing.
                    if group.stream().to_string() != "crate" {
                        self.tokens(group.stream(), &[]);
                    }
                    continue;
                }
                TokenTree::Ident(ident) => ident.to_string(),
                TokenTree::Punct(_) | TokenTree::Literal(_) => continue,
            };
            if at >= 2 && is(at - 2, '.') {
                self.name(vec![format!(".{first}")]);
                continue;
            }
            let mut path = before.to_vec();
            if first != "self" || before.is_empty() {
                path.push(first);
            }
            while is(at, ':') && is(at + 1, ':') {
                match all.get(at + 2) {
                    Some(TokenTree::Ident(ident)) => path.push(ident.to_string()),
                    Some(TokenTree::Punct(star)) if star.as_char() == '*' => path.push("*".to_owned()),
                    Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                        self.tokens(group.stream(), &path);
                    }
                    _ => break,
                }
                at += 3;
            }
            if is(at, '!') && matches!(all.get(at + 1), Some(TokenTree::Group(_))) {
                path.last_mut().expect("a name").push('!');
            }
            self.name(path);
        }
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes
        .iter()
        .any(|it| it.path().is_ident("cfg") && it.parse_args::<syn::Ident>().is_ok_and(|condition| condition == "test"))
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(it) => &it.attrs,
        Item::Enum(it) => &it.attrs,
        Item::ExternCrate(it) => &it.attrs,
        Item::Fn(it) => &it.attrs,
        Item::Impl(it) => &it.attrs,
        Item::Macro(it) => &it.attrs,
        Item::Mod(it) => &it.attrs,
        Item::Static(it) => &it.attrs,
        Item::Struct(it) => &it.attrs,
        Item::Trait(it) => &it.attrs,
        Item::Type(it) => &it.attrs,
        Item::Use(it) => &it.attrs,
        Item::ForeignMod(it) => &it.attrs,
        Item::TraitAlias(it) => &it.attrs,
        Item::Union(it) => &it.attrs,
        Item::Verbatim(_) | _ => &[],
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast Item) {
        if !is_test(attributes(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        if !is_test(&item.attrs) {
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        let name = item.ident.to_string();
        let path = [parts(&["crate"]), self.module.clone(), vec![name.clone()]].concat();
        self.imports.entry(name.clone()).or_default().insert(path);
        self.module.push(name);
        visit::visit_item_mod(self, item);
        self.module.pop();
    }

    fn visit_item_extern_crate(&mut self, item: &'ast syn::ItemExternCrate) {
        let name = item.rename.as_ref().map_or(&item.ident, |(_, name)| name).to_string();
        let path = if item.ident == "self" { parts(&["crate"]) } else { vec![item.ident.to_string()] };
        self.import(&name, &path);
    }

    fn visit_vis_restricted(&mut self, _: &'ast syn::VisRestricted) {
        // `pub(crate)` uses nothing.
    }

    fn visit_meta_list(&mut self, list: &'ast syn::MetaList) {
        self.tokens(list.tokens.clone(), &[]);
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.tree(&item.tree, &[]);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.name(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'ast Macro) {
        let mut path: Vec<String> = item.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        path.last_mut().expect("a name").push('!');
        self.name(path);
        self.tokens(item.tokens.clone(), &[]);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        self.name(vec![format!(".{}", call.method)]);
        visit::visit_expr_method_call(self, call);
    }
}
