//! Where a job takes preavis from: a release by its digest, or a repository at a revision. No name of a registry.

use url::{Host, Url};

/// What `--from` says. It goes into files of CI and into a shell, so it has no letter that means something there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::cli) enum Origin {
    /// The folder of a release, and the digest of the `SHA256SUMS` in it.
    Release(String),
    /// A repository of git at a revision.
    Revision(String),
}

const FORMS: &str = "write `https://HOST/RELEASE#sha256=DIGEST`, the digest of SHA256SUMS there, or `GIT-URL@REVISION`";

impl Origin {
    /// Reads what was given.
    ///
    /// # Errors
    /// Says what is wrong with it, and what it is to look like.
    pub(in crate::cli) fn parse(text: &str) -> Result<Self, String> {
        let problem = |what: &str| Err(format!("{what}; {FORMS}"));
        if let Some(odd) = text.chars().find(|c| !c.is_ascii_alphanumeric() && !":/._~%@+#=-".contains(*c)) {
            return problem(&format!("`{}` may not be in it", odd.escape_debug()));
        }
        if let Some((folder, digest)) = text.split_once("#sha256=") {
            let Some(url) = address(folder) else { return problem("that is no address without a password") };
            // A release may lie on this machine where it is tried.
            if url.scheme() != "https" && !(url.scheme() == "http" && is_here(&url)) {
                return problem("a release is taken by https alone");
            }
            let hex = |c: u8| c.is_ascii_digit() || matches!(c, b'a'..=b'f');
            if digest.len() != 64 || !digest.bytes().all(hex) {
                return problem("a digest has 64 digits of 0-9 and a-f");
            }
            return Ok(Self::Release(text.to_owned()));
        }
        let Some((url, revision)) = text.rsplit_once('@') else { return problem("it names no revision") };
        // Of `https://TOKEN@host/path` without a revision the path would be taken for one.
        if address(url).is_none_or(|url| url.path().len() < 2) {
            return problem("that is no address without a password");
        }
        if revision.is_empty() || revision.starts_with('-') || revision.contains([':', '#', '%']) {
            return problem("it names no revision");
        }
        Ok(Self::Revision(text.to_owned()))
    }

    /// As it was given.
    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Release(text) | Self::Revision(text) => text,
        }
    }
}

/// An address that gives no secret away; of ssh it may name a user.
fn address(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let named = matches!(url.scheme(), "https" | "http" | "ssh" | "file");
    let open = url.password().is_none() && (url.username().is_empty() || url.scheme() == "ssh");
    (named && open && url.fragment().is_none() && url.query().is_none()).then_some(url)
}

fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv6(_)) | None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_read() {
        let digest = "0123456789abcdef".repeat(4);
        for text in [
            format!("https://forge.example/o/r/releases/download/v0.1.0#sha256={digest}"),
            format!("http://127.0.0.1:8000/r#sha256={digest}"),
        ] {
            assert_eq!(Origin::parse(&text), Ok(Origin::Release(text)));
        }
        for text in
            ["https://forge.example/o/preavis.git@v0.1.0", "ssh://git@forge.example/o/r@4f3e2d1", "file:///r@a/b"]
        {
            assert_eq!(Origin::parse(text), Ok(Origin::Revision(text.to_owned())));
        }
    }

    #[test]
    fn what_is_neither_is_refused() {
        let digest = "0123456789abcdef".repeat(4);
        for text in [
            "",
            "preavis",
            "v0.1.0",
            "https://forge.example/r",
            "https://forge.example/r#sha256=12",
            &format!("https://forge.example/r#sha256={}", digest.to_uppercase()),
            &format!("http://forge.example/r#sha256={digest}"),
            &format!("https://me:secret@forge.example/r#sha256={digest}"),
            "https://me:secret@forge.example/r.git@v1",
            "https://token@forge.example/r.git@v1",
            "https://token@forge.example/r.git",
            "git@forge.example:o/r.git",
            "https://forge.example/r.git@",
            "https://forge.example/r.git@--upload-pack",
            "https://forge.example/r.git@v1;id",
            "https://forge.example/r.git@${{x}}",
            "https://forge.example/r.git@v1'",
            "https://forge.example/r.git@a b",
        ] {
            let said = Origin::parse(text).unwrap_err();
            assert!(said.contains(FORMS), "{text}: {said}");
        }
    }
}
