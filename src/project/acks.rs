//! A partner's word that it is ready, written into a notice.

use super::{Author, Project, ProjectError, named_partner};
use crate::notice::{Ack, Notice};
use crate::text::InputError;

/// What ends the front matter.
const FENCE: &str = "+++";

impl Project {
    /// Writes into a notice that a partner agreed. What people wrote there stays as it is.
    ///
    /// # Errors
    /// Where there is no such notice or partner, where its word stands there already, and where it cannot be added.
    pub(crate) fn acknowledge(&self, id: &str, ack: &Ack) -> Result<String, ProjectError> {
        let held = self.lock_notices()?;
        let notices = self.notices()?;
        let Some(notice) = notices.find(id) else {
            let known = notices.notices.iter().map(|notice| notice.front.id.clone()).collect();
            return Err(ProjectError::NoSuchNotice { id: id.to_owned(), known });
        };
        named_partner(&self.partners()?, Some(&ack.partner))?;
        let path = notice.path.clone();
        if notice.front.acks.iter().any(|known| known.partner == ack.partner) {
            return Err(ProjectError::Acknowledged { path, partner: ack.partner.clone() });
        }
        let text = self.files.read(&path, Author::People)?.unwrap_or_default();
        let new = with(&path, &text, ack)?;
        self.files.write(&path, &new)?;
        drop(held);
        Ok(path)
    }
}

/// The text of a notice with one more word in its front matter.
fn with(path: &str, text: &str, ack: &Ack) -> Result<String, ProjectError> {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let mut words = format!("\n[[acks]]\npartner = {}\non = {}\n", quoted(&ack.partner), ack.on);
    if let Some(evidence) = &ack.evidence {
        words.push_str(&format!("evidence = {}\n", quoted(evidence)));
    }
    let end = text.match_indices(FENCE).map(|(at, _)| at).filter(|&at| at == 0 || text[..at].ends_with('\n')).nth(1);
    let fault = |message: &str| InputError::new(path, text, None, message.to_owned());
    let end = end.ok_or_else(|| fault("a notice begins with facts between two lines of `+++`"))?;
    let words = if text[..end].contains("\r\n") { words.replace('\n', "\r\n") } else { words };
    let new = format!("{}{words}{}", &text[..end], &text[end..]);
    // A list in one line takes no table.
    Notice::parse(path, &new).map_err(|_| fault("its `acks` are a list in one line: add the partner there by hand"))?;
    Ok(new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notice::Day;

    #[test]
    fn a_word_is_added_and_nothing_else_changes() {
        let front = "+++\nid = \"N1\"\nkind = \"risky\"\napi = \"a\"\ncovers = [\"pv1-x\"]\n";
        let ack = Ack {
            partner: "harbour".to_owned(),
            on: Day("2030-01-31".parse().unwrap()),
            evidence: Some("a \"mail\"".to_owned()),
        };
        for text in
            [format!("{front}+++\n\n<!-- en -->\n# Title\n\n+++\n"), format!("{front}+++\n").replace('\n', "\r\n")]
        {
            let new = with("n.md", &text, &ack).unwrap();
            assert_eq!(Notice::parse("n.md", &new).unwrap().front.acks, std::slice::from_ref(&ack));
            let added = ["\n[[acks]]\npartner = \"harbour\"\non = 2030-01-31\nevidence = 'a \"mail\"'\n"].concat();
            let added = if text.contains('\r') { added.replace('\n', "\r\n") } else { added };
            assert_eq!(new.replacen(&added, "", 1), text);
        }
        let inline = format!("{front}acks = [{{ partner = \"x\", on = 2030-01-01 }}]\n+++\n");
        assert!(with("n.md", &inline, &ack).unwrap_err().to_string().contains("by hand"));
    }
}
