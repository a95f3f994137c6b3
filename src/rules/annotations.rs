//! Rules about annotations: nothing of them is on the wire, except promises taken back: a sunset moved closer, a stability
//! lowered.

use super::rules;

rules! {
    pub(super) const ROWS
    "deprecated-added": Deprecated Added Operation => Is(Docs);
    "deprecated-removed": Deprecated Removed Operation => Is(Docs);
    "sunset-added": Sunset Added Operation => Is(Docs);
    "sunset-removed": Sunset Removed Operation => Is(Docs);
    "sunset-raised": Sunset Raised Operation => Is(Docs);
    "description-edited": Description Edited Operation => Is(Docs);
    "example-edited": Example Edited Operation => Is(Docs);
    "operation-id-edited": OperationId Edited Operation => Is(Docs);
    "tag-edited": Tag Edited Operation => Is(Docs);
    "name-edited": Name Edited Operation => Is(Docs);
    "request-xml-replaced" / "response-xml-replaced": Xml Replaced Request / Response => Is(Risky);
    "about-edited": About Edited Operation => Is(Docs);
    "extension-edited": Extension Edited Operation => Is(Docs);
    "component-edited": Component Edited Operation => Is(Docs);
    "link-edited": Link Edited Operation => Is(Docs);
    "link-added": Link Added Operation => Is(Docs);
    "link-unknown": Link Unknown Operation => Is(Risky);
    "link-removed": Link Removed Operation => Is(Docs);
    "sunset-lowered": Sunset Lowered Operation => Is(Risky);
    "stability-lowered": Stability Lowered Operation => Is(Risky);
    "stability-raised": Stability Raised Operation => Is(Additive);
}
