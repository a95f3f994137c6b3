//! Any bytes to a contract.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    preavis_fuzz::read(bytes);
});
