//! Rules about APIs, operations, servers and credentials.

use super::rules;

rules! {
    pub(super) const ROWS
    "api-added": Api Added Operation => Is(Additive);
    "api-removed": Api Removed Operation => Is(Breaking);
    "operation-added": Operation Added Operation => Is(Additive);
    "operation-removed-after-sunset": Operation Removed Operation if sunset_passed => Is(Risky);
    "operation-unknown": Operation Unknown Operation => Is(Risky);
    "operation-removed": Operation Removed Operation => Is(Breaking);
    "webhook-added": Webhook Added Operation => Is(Additive);
    "webhook-unknown": Webhook Unknown Operation => Is(Risky);
    "webhook-removed": Webhook Removed Operation => Is(Breaking);
    "callback-added": Callback Added Operation => Is(Additive);
    "callback-unknown": Callback Unknown Operation => Is(Risky);
    "callback-removed": Callback Removed Operation => Is(Breaking);
    "server-added": Server Added Operation => Is(Additive);
    "server-removed": Server Removed Operation => Is(Risky);
    "server-variable-narrowed": ServerVariable Narrowed Operation => Is(Risky);
    "server-variable-widened": ServerVariable Widened Operation => Is(Additive);
    "server-variable-default-replaced": ServerVariable Replaced Operation => Is(Risky);
    "path-slash-changed": PathSlash Replaced Operation => Is(Risky);
    "server-unknown": Server Unknown Operation => Is(Risky);
    "security-unknown": Security Unknown Operation => Is(Risky);
    "security-declared": Security Narrowed Operation if described => Is(Risky);
    "security-narrowed": Security Narrowed Operation => Is(Breaking);
    "security-scope-removed": Security Replaced Operation if scopes_only => Is(Risky);
    "security-scope-added": Security Added Operation if scopes_only => Is(Additive);
    "security-flow-added": Security Added Operation => Is(Additive);
    "security-flow-replaced": Security Replaced Operation => Is(Risky);
    "security-widened": Security Widened Operation => Is(Additive);
}
