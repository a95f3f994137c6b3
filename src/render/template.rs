//! The templates of one format: a registry of its own, with the escape function and the helpers of that format.
//!
//! Strict: a template that names what is not there fails, which the tests of this folder would show.

use std::sync::Arc;

use handlebars::{Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext, RenderErrorReason};
use serde::Serialize;

use super::view::View;
use crate::report::Report;
use crate::text::Lang;

/// A function from text to text of a format.
pub(crate) type Write = Arc<dyn Fn(&str) -> String + Send + Sync>;

/// A template with the files it includes, and how its format writes text.
pub(crate) struct Templates {
    registry: Handlebars<'static>,
    broken: Option<String>,
}

impl Templates {
    /// The templates `(name, text)`; `main` is the one that is rendered.
    pub(crate) fn new(files: &[(&str, &str)], escape: fn(&str) -> String) -> Self {
        let mut registry = Handlebars::new();
        registry.set_strict_mode(true);
        registry.register_escape_fn(escape);
        let broken = files.iter().find_map(|(name, text)| registry.register_template_string(name, text).err());
        Self { registry, broken: broken.map(|error| error.to_string()) }
    }
    /// A helper that writes its first parameter.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, write: impl Fn(&str) -> String + Send + Sync + 'static) -> Self {
        self.registry.register_helper(name, Box::new(One(Arc::new(write))));
        self
    }
    /// A helper that writes its second parameter as the first one says.
    #[must_use]
    pub(crate) fn with_two(mut self, name: &str, write: fn(&str, &str) -> String) -> Self {
        self.registry.register_helper(name, Box::new(Two(write)));
        self
    }
    /// The template `main` over a view. A template that fails, which only a defect of ours can cause, gives what it
    /// said and the report as JSON, so that nothing is lost and nothing is taken for a clear result.
    pub(crate) fn render(&self, view: &View, report: &Report) -> String {
        self.fill("main", view).unwrap_or_else(|error| format!("{error}\n{}", super::json::render(report)))
    }
    /// The template of a name over any view; or what failed, which only a defect of ours can cause.
    pub(crate) fn fill(&self, name: &str, view: &impl Serialize) -> Result<String, String> {
        match &self.broken {
            Some(error) => Err(error.clone()),
            None => self.registry.render(name, view).map_err(|error| error.to_string()),
        }
    }
}

/// A helper that writes its first parameter.
pub(crate) fn helper(write: fn(&str) -> String) -> Box<dyn HelperDef + Send + Sync> {
    Box::new(One(Arc::new(write)))
}

struct One(Write);

impl HelperDef for One {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        out.write(&(self.0)(text(helper, 0)?))?;
        Ok(())
    }
}

/// A helper that writes its first parameter in the language of the view, which its member `lang` names.
pub(crate) fn in_language(write: fn(Lang, &str) -> String) -> Box<dyn HelperDef + Send + Sync> {
    Box::new(InLanguage(write))
}

struct InLanguage(fn(Lang, &str) -> String);

impl HelperDef for InLanguage {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        view: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let lang = view.data().get("lang").and_then(|lang| lang.as_str()?.parse().ok()).unwrap_or(Lang::En);
        out.write(&(self.0)(lang, text(helper, 0)?))?;
        Ok(())
    }
}

struct Two(fn(&str, &str) -> String);

impl HelperDef for Two {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        out.write(&(self.0)(text(helper, 0)?, text(helper, 1)?))?;
        Ok(())
    }
}

/// A parameter as text; nothing for null, and an error for a name that leads nowhere.
fn text<'h>(helper: &'h Helper<'_>, ix: usize) -> Result<&'h str, RenderErrorReason> {
    match helper.param(ix) {
        Some(param) if param.is_value_missing() => {
            Err(RenderErrorReason::MissingVariable(param.relative_path().cloned()))
        }
        param => Ok(param.and_then(|param| param.value().as_str()).unwrap_or("")),
    }
}
