//! Rules about bodies, media types, statuses and headers.

use super::rules;

rules! {
    pub(super) const ROWS
    "required-body-added": Body Added Request if required => Read;
    "body-added" / "sent-body-added": Body Added Request / Response => Read;
    "body-removed" / "sent-body-removed": Body Removed Request / Response => Read;
    "body-required" / "sent-body-required": Body Required Request / Response => Read;
    "body-optional" / "sent-body-optional": Body Optional Request / Response => Read;
    "body-unknown" / "sent-body-unknown": Body Unknown Request / Response => Read;
    "sent-media-type-added": MediaType Added Response if pushed => Is(Breaking);
    "sent-media-type-removed": MediaType Removed Response if pushed => Is(Additive);
    "request-media-type-added" / "response-media-type-added": MediaType Added Request / Response => Is(Additive);
    "request-media-type-removed" / "response-media-type-removed": MediaType Removed Request / Response => Is(Breaking);
    "response-media-type-widened": MediaType Widened Response => Is(Risky);
    "response-media-type-narrowed": MediaType Narrowed Response => Is(Additive);
    "request-media-type-unknown" / "response-media-type-unknown": MediaType Unknown Request / Response => Read;
    "request-charset-replaced" / "response-charset-replaced": Charset Replaced Request / Response => Is(Risky);
    "request-encoding-widened": Encoding Widened Request => Is(Additive);
    "response-encoding-widened": Encoding Widened Response => Is(Risky);
    "request-encoding-replaced": Encoding Replaced Request => Is(Breaking);
    "response-encoding-replaced": Encoding Replaced Response => Is(Risky);
    "covered-status-added": Status Added Response if covered => Is(Docs);
    "error-status-added": Status Added Response if error_status => Is(Additive);
    "first-success-status-added": Status Added Response if first_success => Is(Additive);
    "success-status-added": Status Added Response => Is(Risky);
    "covered-status-removed": Status Removed Response if covered => Is(Docs);
    "error-status-removed": Status Removed Response if error_status => Is(Docs);
    "success-status-replaced": Status Removed Response if replaced => Is(Breaking);
    "last-success-status-removed": Status Removed Response if only_success => Is(Breaking);
    "success-status-removed": Status Removed Response => Is(Risky);
    "answer-status-added": Status Added Request => Is(Additive);
    "answer-status-removed": Status Removed Request => Is(Breaking);
    "status-unknown": Status Unknown Response => Read;
    "answer-status-unknown": Status Unknown Request => Read;
    "header-unknown": Header Unknown Response => Read;
    "part-header-added": Header Added Request => Read;
    "part-header-removed": Header Removed Request => Read;
    "part-header-required": Header Required Request => Read;
    "part-header-optional": Header Optional Request => Read;
    "header-added": Header Added Response => Read;
    "header-removed": Header Removed Response => Read;
    "header-required": Header Required Response => Read;
    "header-optional": Header Optional Response => Read;
}
