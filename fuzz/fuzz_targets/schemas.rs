//! Two schemas that bytes spell, compared.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    preavis_fuzz::schemas(bytes);
});
