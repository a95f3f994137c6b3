//! Two documents in one input, compared.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    preavis_fuzz::compare(bytes);
});
