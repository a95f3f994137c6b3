//! What shows each change: the payload that proves a schema finding, and the exchange it travels in.

use super::draft::Seed;
use super::exchange::{Exchange, Index, Writer};
use super::{Change, Changes, Differ, Exhibit, Proof, Use, Why};
use crate::contract::{Grade, Run, SchemaAt, Scope};
use crate::schema::{Aim, Ask, Exhibit as Proven, Findings, Lens, Prover};

/// Shows the changes that are asked for.
pub(super) fn show<'c>(
    differ: &mut Differ<'c>,
    changes: &mut Changes,
    seeds: &[Seed],
    found: &Findings<'c>,
    wanted: &dyn Fn(&Change) -> bool,
) {
    let contracts = [differ.base, differ.head];
    let operations = Index::of(contracts);
    let mut prover = Prover::new(&mut differ.engine, changes.list.len());
    for (change, seed) in changes.list.iter_mut().zip(seeds) {
        if !wanted(change) {
            continue;
        }
        let proof = prove(&mut prover, change, seed, found, &differ.asks);
        let mut writer = Writer { contracts, operations: &operations, prover: &mut prover, lenses: differ.lenses };
        let proof = match proof {
            Some(Ok(proven)) if !is_message(&mut writer, differ.uses.first(proven.ask), &proven) => {
                Some(Err(Why::NoWitness))
            }
            proof => proof,
        };
        match proof {
            Some(Ok(proven)) => {
                let at = differ.uses.first(proven.ask);
                let exchange = at.and_then(|at| writer.proven(at, &proven.payload, proven.run));
                change.proof = Proof::Proven;
                let ask = &differ.asks[proven.ask];
                let under = prover.places([ask.base, ask.head]);
                change.exhibit = Some(shown(proven, exchange, (under, ask.lens)));
            }
            Some(Err(why)) if change.proof == Proof::NotTried => change.proof = Proof::Unproven(why),
            // Of what cannot be read there is no exchange to show.
            Some(Err(_)) | None if matches!(change.proof, Proof::Unproven(_)) => {}
            Some(Err(_)) => {}
            None => {
                // What neither run loses is no set: there is nothing to look for.
                if change.proof == Proof::NotTried {
                    change.proof = Proof::Structural;
                }
                let at = changes.reaches.get(change.reach).and_then(|uses| uses.first());
                let exchange = at.and_then(|at| writer.structural(change, at));
                change.exhibit = exchange.map(|(exchange, run)| Exhibit {
                    payload: None,
                    control: None,
                    run,
                    declared_only: false,
                    error: String::new(),
                    reason: None,
                    under: None,
                    exchange: Some(exchange.http),
                    curl: exchange.curl,
                });
            }
        }
    }
    prover.settle();
}

/// True of a payload that travels as a text which its own version reads, and the other one refuses whatever it reads there.
fn is_message(writer: &mut Writer<'_, '_, '_>, at: Option<&Use>, proven: &Proven) -> bool {
    let Some(at) = at else { return true };
    let taken = !proven.declared_only && writer.is_taken(at, &proven.payload, proven.run);
    !taken && writer.is_sendable(at, &proven.payload, proven.run)
}

/// The proof of a change by one of the findings it was made from; `None` for what is no matter of schemas.
fn prove<'c>(
    prover: &mut Prover<'_, 'c>,
    change: &Change,
    seed: &Seed,
    found: &Findings<'c>,
    asks: &[Ask],
) -> Option<Result<Proven, Why>> {
    let aim = if seed.findings.is_empty() { None } else { aim(change) }?;
    let worst = change.losses.iter().filter(|(run, _)| *run == aim.run).map(|(_, grade)| *grade).max();
    // Where a sister branch takes the values, it does not declare their members.
    let lenient = (worst <= Some(Grade::Openness) && !aim.declared_only).then_some(Aim { declared_only: true, ..aim });
    let mut proof = Err(Why::NoWitness);
    for aim in [aim].into_iter().chain(lenient) {
        for &finding in &seed.findings {
            proof = prover.prove(found, &found.list[finding], aim, asks, &seed.asks);
            if proof.is_ok() {
                return Some(proof);
            }
        }
    }
    Some(proof)
}

fn shown(proven: Proven, exchange: Option<Exchange>, under: ([SchemaAt; 2], Lens)) -> Exhibit {
    let (exchange, curl) = exchange.map_or((None, None), |exchange| (Some(exchange.http), exchange.curl));
    Exhibit {
        payload: Some(proven.payload),
        control: proven.control,
        run: proven.run,
        declared_only: proven.declared_only,
        error: proven.error,
        reason: Some(proven.reason),
        under: Some(under),
        exchange,
        curl,
    }
}

/// The run that hurts whoever relies on the contract, else the one that shows what is new.
fn aim(change: &Change) -> Option<Aim> {
    let hurting = if change.scope == Scope::Request { Run::Forward } else { Run::Backward };
    let lost = |run: Run, unlisted: bool| {
        change.losses.iter().any(|(of, grade)| *of == run && (*grade == Grade::Unlisted) == unlisted)
    };
    let exact = |run| Aim { run, declared_only: false };
    if lost(hurting, false) {
        return Some(exact(hurting));
    }
    if lost(Run::Forward, true) {
        return Some(Aim { run: Run::Forward, declared_only: true });
    }
    let other = if hurting == Run::Forward { Run::Backward } else { Run::Forward };
    if lost(other, false) {
        return Some(exact(other));
    }
    lost(Run::Backward, true).then_some(Aim { run: Run::Backward, declared_only: true })
}
