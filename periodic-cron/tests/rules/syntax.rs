use periodic_cron::{Civil, Cron, Pattern};

use crate::pattern;

const MIDNIGHT: Civil = Civil { year: 2026, month: 1, day: 1, hour: 0, minute: 0, second: 0 };

#[test]
fn spellings_of_one_schedule() {
    for (text, same) in [
        ("@hourly", "0 * * * *"),
        ("@daily", "0 0 * * *"),
        ("@Midnight", "@daily"),
        ("@weekly", "0 0 * * SUN"),
        ("@monthly", "0 0 1 * *"),
        ("@yearly", "0 0 1 JAN *"),
        (" @annually\n", "@yearly"),
        ("  5\t4 *  * *\n", "0 5 4 * * *"),
        ("05 004 * * *", "5 4 * * *"),
        ("5/15 * * * *", "5,20,35,50 * * * *"),
        ("10-30/5 * * * *", "10,15,20,25,30 * * * *"),
        ("*/7 * * * *", "0-59/7 * * * *"),
        ("0 0 * jan-mar,Dec *", "0 0 * 1,2,3,12 *"),
        ("0 0 * 10/2 *", "0 0 * OCT,DEC *"),
        ("0 0 * * 7", "0 0 * * 0"),
        ("0 0 * * FRI-MON", "0 0 * * 5,6,7,1"),
        ("0 0 * * 5-1/2", "0 0 * * FRI,SUN"),
        ("0 0 * * 7-1", "0 0 * * SUN,MON"),
        ("0 0 * * 3/2", "0 0 * * WED,FRI"),
        ("0 0 * * 7/2", "0 0 * * SUN,TUE,THU,SAT"),
        ("0 0 * * 0-7", "0 0 * * 1-7"),
        ("0 0 ? * 5L", "0 0 * * fril"),
        ("0 0 ? * 7#1", "0 0 * * SUN#1"),
        ("0 0 lw,l-3,15w * ?", "0 0 15W,L-3,LW * *"),
        ("0 0 L-0 * *", "0 0 L * *"),
        ("1,1,1-3,2 * * * *", "1-3 * * * *"),
    ] {
        assert_eq!(pattern(text), pattern(same), "{text} and {same}");
    }
}

#[test]
fn an_open_hour() {
    let open = |text| Cron::parse(text).unwrap().resolve(0).has_open_hours();
    for text in [
        "0 * * * *",
        "0 */1 * * *",
        "0 */4 * * *",
        "0 *,3 * * *",
        "0 3,* * * *",
        "0 0/1 * * *",
        "0 0-23 * * *",
        "0 0-23/1 * * *",
        "0 12-23,0-11 * * *",
        "0 0/2,1/2 * * *",
        "0 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23 * * *",
        "0 H/4 * * *",
        "0 H(0-23)/4 * * *",
        "0 3,H/1 * * *",
        "@hourly",
    ] {
        assert!(open(text), "{text}");
    }
    for text in [
        "* 3 * * *",
        "0 0-22 * * *",
        "0 1/1 * * *",
        "0 0/2 * * *",
        "0 0-23/2 * * *",
        "0 3,*/2 * * *",
        "0 H * * *",
        "0 H(1-3) * * *",
        "0 H(0-5)/2 * * *",
        "0 H(0-22)/1 * * *",
        "0 3,H/4 * * *",
        "@daily",
    ] {
        assert!(!open(text), "{text}");
    }
}

#[test]
fn a_drawn_hour_that_completes_the_day_opens_it() {
    let cron = Cron::parse("0 0-21,H(22-23),23 * * *").unwrap();
    let drawn: Vec<_> = (0..20).map(|seed| cron.resolve(seed)).collect();
    let at_22 = |pattern: &Pattern| pattern.matches(Civil { hour: 22, ..MIDNIGHT });
    assert!(drawn.iter().all(|pattern| pattern.has_open_hours() == at_22(pattern)));
    assert!(drawn.iter().any(at_22) && !drawn.iter().all(at_22));
}

#[test]
fn works_in_statics() {
    static NIGHTLY: Cron = match Cron::parse("H 3 * * MON-FRI") {
        Ok(cron) => cron,
        Err(_) => panic!("not an expression"),
    };
    static RESOLVED: Pattern = NIGHTLY.resolve(3);
    // The longest evaluations: every month is looked at before it is clear that nothing fires.
    const {
        assert!(Cron::parse("0 0 L-31 * *").is_err());
        assert!(Cron::parse("0 0 15W,LW * */6").is_err());
    }
    assert_eq!(NIGHTLY.resolve(3), RESOLVED);
    assert!(NIGHTLY.has_hash());
    assert_eq!(Cron::parse("H 3 * * MON-FRI"), Ok(NIGHTLY));
    assert!(!Cron::parse("0 3 * * THU").unwrap().has_hash());
}
