/// What a user reads after a mistake: the file's name is the mistake.
///
/// `TRYBUILD=overwrite cargo test --test integration compile_fail` writes the messages anew.
#[test]
fn mistakes_are_explained() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
