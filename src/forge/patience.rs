//! Whether to ask again, and when: what an answer says of it. Times are counted from the server's own clock.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

use super::place::{Kind, Run};

/// What GitHub asks for where an answer names no time.
const UNNAMED: Duration = Duration::from_secs(60);
/// The first moment in seconds that is no duration any more: 2001.
const EPOCHS: i64 = 1_000_000_000;

/// What an answer that is not the wanted one says about another try.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Again {
    /// There is no use.
    Never,
    /// Soon, or after the time that the server asks for.
    Soon(Option<Duration>),
    /// Too many requests: nothing was done, and nothing is before this time.
    Limited(Duration),
}

/// Reads it. A 403 is a limit of the rate where its headers or its words say so.
pub(super) fn again(kind: Kind, status: u16, headers: &HeaderMap, message: &str) -> Again {
    let spent = kind == Kind::GitHub && number(headers, "x-ratelimit-remaining") == Some(0);
    let words = message.to_lowercase();
    let limited = spent || headers.contains_key(RETRY_AFTER) || words.contains("rate limit");
    match status {
        429 => Again::Limited(wait(headers).unwrap_or(UNNAMED)),
        403 if limited => Again::Limited(wait(headers).unwrap_or(UNNAMED)),
        408 | 500 | 502 | 503 | 504 => Again::Soon(retry_after(headers)),
        // Two updates of one status at once.
        409 if kind == Kind::GitLab => Again::Soon(retry_after(headers)),
        _ => Again::Never,
    }
}

/// The wait before a try after `tries`: 1, 2, 4 seconds, and up to a fifth more, which differs between runs.
pub(super) fn backoff(tries: u32, run: Run) -> Duration {
    let seconds = 1_u64 << tries.saturating_sub(1).min(6);
    let spread =
        run.id.wrapping_mul(31).wrapping_add(run.attempt).wrapping_mul(31).wrapping_add(u64::from(tries)) % 200;
    Duration::from_millis(seconds * (1000 + spread))
}

/// The time of day at which waiting ends, as the server's clock has it.
pub(super) fn until(headers: &HeaderMap, wait: Duration) -> Option<String> {
    let end = date(headers)?.checked_add(wait).ok()?;
    Some(format!("{} UTC", end.strftime("%H:%M")))
}

fn wait(headers: &HeaderMap) -> Option<Duration> {
    let resets = ["x-ratelimit-reset", "ratelimit-reset"].into_iter().find_map(|name| number(headers, name));
    let reset = resets.and_then(|reset| {
        let seconds = if reset < EPOCHS { reset } else { reset - date(headers)?.as_second() };
        Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
    });
    retry_after(headers).or(reset)
}

/// Seconds, or a date.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    if let Some(seconds) = number(headers, RETRY_AFTER.as_str()) {
        return u64::try_from(seconds).ok().map(Duration::from_secs);
    }
    let end = parsed(headers.get(RETRY_AFTER)?.to_str().ok()?)?;
    let seconds = end.as_second().checked_sub(date(headers)?.as_second())?;
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
}

fn date(headers: &HeaderMap) -> Option<Timestamp> {
    parsed(headers.get(DATE)?.to_str().ok()?)
}

fn parsed(text: &str) -> Option<Timestamp> {
    DateTimeParser::new().parse_timestamp(text).ok()
}

fn number(headers: &HeaderMap, name: &str) -> Option<i64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderName, HeaderValue};

    use super::*;

    fn headers(all: &[(&str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&str, &str)| {
            (HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_str(value).unwrap())
        };
        all.iter().map(pair).collect()
    }

    #[test]
    fn waits_are_read_from_every_header_against_the_clock_of_the_server() {
        let date = ("date", "Thu, 25 May 2023 12:00:00 GMT");
        let limited = |seconds| Again::Limited(Duration::from_secs(seconds));
        for (status, all, wanted) in [
            (429, vec![("retry-after", "7")], limited(7)),
            (429, vec![date, ("retry-after", "Thu, 25 May 2023 12:00:09 GMT")], limited(9)),
            (429, vec![date, ("retry-after", "Thu, 25 May 2023 11:00:00 GMT")], limited(0)),
            (429, vec![("retry-after", "Thu, 25 May 2023 12:00:09 GMT")], limited(60)),
            (429, vec![("retry-after", "-5")], limited(60)),
            (429, vec![], limited(60)),
            (403, vec![date, ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1685016030")], limited(30)),
            (429, vec![date, ("ratelimit-reset", "1685016005")], limited(5)),
            (429, vec![("ratelimit-reset", "5")], limited(5)),
            (403, vec![("x-ratelimit-remaining", "12")], Again::Never),
            (503, vec![("retry-after", "3")], Again::Soon(Some(Duration::from_secs(3)))),
            (500, vec![], Again::Soon(None)),
            (409, vec![], Again::Never),
            (422, vec![("retry-after", "3")], Again::Never),
        ] {
            assert_eq!(again(Kind::GitHub, status, &headers(&all), ""), wanted, "{status} {all:?}");
        }
        let words = "You have exceeded a secondary rate limit.";
        assert_eq!(again(Kind::GitHub, 403, &headers(&[]), words), limited(60));
        assert_eq!(again(Kind::GitLab, 409, &headers(&[]), ""), Again::Soon(None));
        assert_eq!(until(&headers(&[date]), Duration::from_secs(7500)).as_deref(), Some("14:05 UTC"));
    }

    #[test]
    fn waits_grow_and_differ_between_runs() {
        let run = |id| Run { id, attempt: 1 };
        for (tries, seconds) in [(1, 1.0), (2, 2.0), (3, 4.0)] {
            let wait = backoff(tries, run(12)).as_secs_f64();
            assert!(wait >= seconds && wait <= seconds * 1.2, "{wait}");
        }
        assert_ne!(backoff(1, run(12)), backoff(1, run(13)));
    }
}
