//! From the decision to what is said of it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::result::{AnswerKind, Answered, CheckReport, CheckedApi, CheckedChange, Found, Touched, Waiting, Who};
use super::{Options, commands, words};
use crate::config::Naming;
use crate::gate::{Answer, Check, Decision, Finding, Judged, Kind, Question, Together};
use crate::report::{ApiReport, Change, Summary, Verdict, Version};

/// The kinds of findings that are about a file of the repository.
const OF_A_FILE: &[Kind] = &[
    Kind::AcceptanceRanOut,
    Kind::AcceptanceSpent,
    Kind::AcceptanceStale,
    Kind::NoReleaseDay,
    Kind::DocumentUnnamed,
    Kind::PolicyChanged,
];

impl CheckReport {
    /// What is said of a check; partners as its policy allows, or by their names on a private terminal.
    pub fn of(check: &Check, options: &Options) -> Self {
        let naming = if options.named { Naming::Names } else { check.naming };
        let entries: Vec<_> = (0..check.report.apis.len()).map(|api| check.entries(api, options.lang)).collect();
        let open = entries.iter().flat_map(|(_, judged)| judged).flatten().filter(|it| it.judged.is_open()).count();
        let summary = entries.iter().map(|(api, _)| Summary::of_api(api)).fold(Summary::default(), Summary::plus);
        let apis = entries
            .into_iter()
            .enumerate()
            .map(|(a, (api, judged))| checked(check, api, naming, check.next_versions.get(&a), judged));
        let mut versions = check.next_versions.values();
        let next_version = versions.next().filter(|_| versions.next().is_none()).cloned();
        Self {
            version: 1,
            decision: check.decision(),
            question: check.question,
            ships: check.ships,
            today: check.today,
            first_day: check.first_day,
            next_version,
            message: None,
            advice: None,
            versions: check.versions.clone(),
            commands: commands::of_all(open, &check.versions, check.question),
            findings: check.findings.iter().map(|finding| found(finding, check.question, options)).collect(),
            base: check.report.base.clone(),
            head: check.report.head.clone(),
            summary,
            verdict: summary.verdict(),
            apis: apis.collect(),
        }
    }

    /// What is said where it could not be told: why, and the way out.
    pub fn unknown(message: &str, advice: Option<&str>, question: Question, today: Date) -> Self {
        Self {
            version: 1,
            decision: Decision::Unknown,
            question,
            ships: question == Question::Release,
            today,
            first_day: None,
            next_version: None,
            message: Some(message.to_owned()),
            advice: advice.map(str::to_owned),
            versions: Vec::new(),
            commands: Vec::new(),
            findings: Vec::new(),
            base: Version::default(),
            head: Version::default(),
            summary: Summary::default(),
            verdict: Verdict::None,
            apis: Vec::new(),
        }
    }
}

fn checked(
    check: &Check,
    api: ApiReport,
    naming: Naming,
    next_version: Option<&String>,
    judged: Vec<Option<Together>>,
) -> CheckedApi {
    let changes = api.changes.into_iter().zip(judged);
    CheckedApi {
        id: api.id,
        then_id: api.then_id,
        path: api.path,
        title: api.title,
        format: api.format,
        coverage: api.coverage,
        problems: api.problems,
        next_version: next_version.cloned(),
        changes: changes.map(|(change, judged)| of_change(check, change, naming, judged.as_ref())).collect(),
        reaches: api.reaches,
    }
}

fn of_change(check: &Check, change: Change, naming: Naming, together: Option<&Together>) -> CheckedChange {
    let mut out = CheckedChange {
        change,
        gated: None,
        answer: None,
        other_answers: Vec::new(),
        open_parts: Vec::new(),
        waits: Vec::new(),
        touches: None,
        commands: Vec::new(),
    };
    let Some(Together { judged, others, open }) = together else { return out };
    out.gated = Some(judged.level);
    out.answer = judged.answer.as_ref().map(answered);
    out.other_answers = others.iter().map(answered).collect();
    out.open_parts.clone_from(open);
    out.waits = waits(judged, naming);
    out.touches = Some(Touched::said(&judged.partners, judged.public, naming));
    out.commands = commands::of_change(&out, &check.versions, check.question);
    out
}

/// Where partners are not spoken of at all, how many of them wait is not said either.
fn waits(judged: &Judged, naming: Naming) -> Vec<Waiting> {
    let said = |who, partner: Option<&String>, until| Waiting { until, who, partner: partner.cloned() };
    let mut out: Vec<Waiting> = match naming {
        Naming::None => judged
            .waits
            .iter()
            .map(|wait| wait.until)
            .max()
            .map(|day| said(Who::Unsaid, None, day))
            .into_iter()
            .collect(),
        Naming::Names | Naming::Count => {
            let named = |name: &Option<String>| name.is_some() && naming == Naming::Names;
            // Where nobody unknown is touched it is the announced day alone that it waits for.
            let rest = if judged.public { Who::Public } else { Who::Unsaid };
            let who = |name: &Option<String>| if name.is_some() { Who::Partner } else { rest };
            let each = judged.waits.iter().map(|wait| {
                said(who(&wait.partner), wait.partner.as_ref().filter(|_| named(&wait.partner)), wait.until)
            });
            each.collect()
        }
    };
    out.sort();
    out
}

fn answered(answer: &Answer) -> Answered {
    let of = |kind, id: Option<&String>, by: Option<&str>, until| Answered {
        kind,
        id: id.cloned(),
        by: by.map(str::to_owned),
        until,
        why: None,
        announced: None,
        open_operations: Vec::new(),
    };
    match answer {
        Answer::Notice { id, until, announced, open_operations } => Answered {
            announced: Some(*announced),
            open_operations: open_operations.clone(),
            ..of(AnswerKind::Notice, Some(id), None, *until)
        },
        Answer::Acceptance { id, why, by, until } => {
            Answered { why: Some(*why), ..of(AnswerKind::Acceptance, Some(id), by.as_deref(), Some(*until)) }
        }
        Answer::Untouched { by } => of(AnswerKind::Untouched, None, Some(by), None),
        Answer::Exempt { id } => of(AnswerKind::Exempt, Some(id), None, None),
        Answer::Restored { id } => of(AnswerKind::Restored, Some(id), None, None),
    }
}

fn found(finding: &Finding, question: Question, options: &Options) -> Found {
    let args: BTreeMap<String, String> =
        finding.args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let file = finding.file.clone().or_else(|| OF_A_FILE.contains(&finding.kind).then(|| finding.subject.clone()));
    let mut out = Found {
        kind: finding.kind,
        closes: finding.closes,
        subject: finding.subject.clone(),
        file,
        message: String::new(),
        advice: None,
        commands: commands::of_finding(finding.kind, &args, question),
        args,
    };
    (out.message, out.advice) = (words::finding(options.lang, &out), words::way_out(options.lang, &out));
    out
}
