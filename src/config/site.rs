//! The published site: where it is, in which languages, and what of the team's own is on it.

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use crate::text::{InputError, Lang};

/// The published site.
#[derive(Clone, Default, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// Its address, `https://contract.example.org`; messages and feeds link to it. Without one, links are relative.
    pub url: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// What permanent ids are made of, `contract.example.org,2024`: never change it [default: the host of `url`,
    /// else of the sender, and 2024].
    pub tag: Option<String>,
    /// Its languages: the first one stands at the root, each other one below its code (`/en/`) [default: `lang`].
    #[serde(default)]
    #[schemars(with = "Vec<Lang>")]
    pub languages: Vec<Spanned<Lang>>,
    /// A logo beside its title, an SVG file, from the root of the repository.
    #[schemars(with = "Option<String>")]
    pub logo: Option<Spanned<String>>,
    /// The colour of links on white, `#0b4fa8`.
    #[schemars(with = "Option<String>", regex(pattern = r"^#[0-9a-fA-F]{6}$"))]
    pub accent: Option<Spanned<String>>,
    /// The same on black, where a reader asks for dark pages.
    #[schemars(with = "Option<String>", regex(pattern = r"^#[0-9a-fA-F]{6}$"))]
    pub accent_dark: Option<Spanned<String>>,
    /// A line at the end of each page.
    pub footer: Option<String>,
    /// A style sheet that comes after ours, from the root of the repository.
    #[schemars(with = "Option<String>")]
    pub style: Option<Spanned<String>>,
}

/// The backgrounds on which links stand, in `templates/site/style.css`.
const LIGHT: [&str; 2] = ["#ffffff", "#f3f3f6"];
const DARK: [&str; 2] = ["#17171b", "#24242b"];
/// The least contrast of text (WCAG 2.2, success criterion 1.4.3).
const CONTRAST: f64 = 4.5;

impl Site {
    /// The languages of its pages, that of the root first; the usual one where none is named.
    pub fn languages(&self, usual: Lang) -> Vec<Lang> {
        let named: Vec<Lang> = self.languages.iter().map(|lang| *lang.get_ref()).collect();
        if named.is_empty() { vec![usual] } else { named }
    }

    /// The same site in some languages.
    #[cfg(feature = "internals")]
    #[must_use]
    pub fn spoken(self, languages: &[Lang]) -> Self {
        Self { languages: languages.iter().map(|lang| Spanned::new(0..0, *lang)).collect(), ..self }
    }

    /// Its colours as a style sheet; nothing where it has none of its own.
    pub(crate) fn colours(&self) -> String {
        let rule = |colour: &Option<Spanned<String>>| {
            colour.as_ref().map(|colour| format!(":root {{ --link: {}; }}\n", colour.get_ref()))
        };
        let light = rule(&self.accent).map(|rule| format!("@media (prefers-color-scheme: light) {{ {rule}}}\n"));
        let dark = rule(&self.accent_dark).map(|rule| format!("@media (prefers-color-scheme: dark) {{ {rule}}}\n"));
        light.into_iter().chain(dark).collect()
    }

    pub(super) fn check(&self, file: &str, text: &str) -> Result<(), InputError> {
        let fault = |at: std::ops::Range<usize>, message: String, advice: &str| {
            Err(InputError::new(file, text, Some(at), message).with_advice(advice.to_owned()))
        };
        for (index, lang) in self.languages.iter().enumerate() {
            if self.languages[..index].iter().any(|other| other.get_ref() == lang.get_ref()) {
                let message = format!("`{}` is named twice", lang.get_ref().as_str());
                return fault(lang.span(), message, "name each language once, that of the root first");
            }
        }
        for (colour, grounds) in [(&self.accent, LIGHT), (&self.accent_dark, DARK)] {
            let Some(colour) = colour else { continue };
            let Some(light) = luminance(colour.get_ref()) else {
                let message = format!("`{}` is not a colour", colour.get_ref());
                return fault(colour.span(), message, "write it as six hexadecimal digits, e.g. `#0b4fa8`");
            };
            let least = grounds.iter().filter_map(|ground| luminance(ground)).map(|ground| contrast(light, ground));
            let least = least.fold(f64::INFINITY, f64::min);
            if least < CONTRAST {
                let (name, shade) = if grounds == LIGHT { ("white", "darker") } else { ("black", "lighter") };
                // Cut, not rounded: what is told is never more than what is.
                let told = (least * 10.0).floor() / 10.0;
                let message =
                    format!("`{}` can hardly be read on {name}: its contrast is {told:.1} : 1", colour.get_ref());
                return fault(colour.span(), message, &format!("take a {shade} colour, of at least 4.5 : 1"));
            }
        }
        for path in [&self.logo, &self.style].into_iter().flatten() {
            if !super::file::is_path(path.get_ref()) {
                let message = format!("`{}` is not a path in the repository", path.get_ref());
                return fault(path.span(), message, "paths start at the root of the repository and stay in it");
            }
        }
        match &self.logo {
            Some(logo) if !logo.get_ref().to_ascii_lowercase().ends_with(".svg") => {
                fault(logo.span(), format!("`{}` is not an SVG file", logo.get_ref()), "give the logo as `.svg`")
            }
            _ => Ok(()),
        }
    }
}

/// The relative luminance of a colour as WCAG 2.2 defines it.
fn luminance(colour: &str) -> Option<f64> {
    let digits = colour.strip_prefix('#')?;
    let is_hex = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let digits = Some(digits).filter(|_| is_hex)?;
    let part = |ix: usize| {
        let value = f64::from(u8::from_str_radix(digits.get(ix..ix + 2)?, 16).ok()?) / 255.0;
        Some(if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    };
    Some(0.2126 * part(0)? + 0.7152 * part(2)? + 0.0722 * part(4)?)
}

fn contrast(one: f64, two: f64) -> f64 {
    (one.max(two) + 0.05) / (one.min(two) + 0.05)
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    #[test]
    fn what_nobody_could_read_is_refused() {
        for (line, said) in [
            ("accent = \"#ffcc00\"", "2:10: `#ffcc00` can hardly be read on white: its contrast is 1."),
            ("accent_dark = \"#0b4fa8\"", "2:15: `#0b4fa8` can hardly be read on black"),
            ("accent = \"red\"", "2:10: `red` is not a colour"),
            ("accent = \"#+12345\"", "2:10: `#+12345` is not a colour"),
            ("logo = \"../logo.svg\"", "2:8: `../logo.svg` is not a path in the repository"),
            ("logo = \"logo.png\"", "2:8: `logo.png` is not an SVG file"),
            ("style = \"/etc/passwd\"", "2:9: `/etc/passwd` is not a path in the repository"),
            ("languages = [\"fr\", \"fr\"]", "2:20: `fr` is named twice"),
            ("languages = [\"de\"]", "2:14: unknown variant `de`"),
        ] {
            let error = Config::parse("preavis.toml", &format!("[site]\n{line}\n")).unwrap_err().to_string();
            assert!(error.starts_with(&format!("preavis.toml:{said}")), "{error}");
        }
        let good = "[site]\naccent = \"#7A1FA2\"\naccent_dark = \"#e0b0ff\"\nlanguages = [\"fr\", \"en\"]\n";
        let site = Config::parse("preavis.toml", good).unwrap().site;
        assert!(site.colours().contains("(prefers-color-scheme: dark) { :root { --link: #e0b0ff; }"));
    }
}
