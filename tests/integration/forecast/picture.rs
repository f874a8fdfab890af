use periodic::forecast::Picture;
use periodic::task::Jitter;
use roxmltree::{Document, Node};

use super::{every, of};
use crate::examples::picture;

fn texts<'a>(document: &'a Document<'_>) -> Vec<&'a str> {
    let texts = document.descendants().filter(|node| node.has_tag_name(name("text")));
    texts.filter_map(|node| node.text()).collect()
}

fn name(local: &str) -> (&str, &str) {
    ("http://www.w3.org/2000/svg", local)
}

/// The paths of a class.
fn paths<'a>(document: &'a Document<'_>, class: &str) -> Vec<&'a str> {
    let paths = document.descendants().filter(|node| node.has_tag_name(name("path")));
    paths
        .filter(|node| node.attribute("class") == Some(class))
        .filter_map(|node| node.attribute("d"))
        .collect()
}

#[test]
fn the_committed_picture_is_what_the_example_draws() {
    let drawn = picture::of(&picture::forecasts(Some("nova-compute"), picture::HORIZON).unwrap());
    let committed = include_str!("../../../docs/forecast.svg");
    assert!(
        drawn == committed,
        "draw it anew: cargo run --example forecast -- --service nova-compute --svg docs/forecast.svg"
    );
}

#[test]
fn each_start_is_a_tick_and_each_run_a_bar() {
    let svg = of([every("poll", 120)]).takes("poll", "30s").make().unwrap().to_svg();
    let document = Document::parse(&svg).unwrap();
    // The name is 4 letters, so the plot begins at 168 px and is 720 px wide: 72 px each minute.
    let ticks = paths(&document, "t");
    let places: Vec<&str> = ticks[0].split('M').skip(1).filter_map(|tick| tick.split(' ').next()).collect();
    assert_eq!(places, ["312", "456", "600", "744"]);
    let bars: Vec<&str> = paths(&document, "r")[0].split('M').skip(1).collect();
    assert_eq!(bars.len(), 4);
    assert!(bars[0].starts_with("312 ") && bars[0].contains("H348v"), "{}", bars[0]);
    let load = paths(&document, "s")[0];
    assert_eq!(load.matches('H').count(), 10, "a bar for each minute: {load}");
}

#[test]
fn many_starts_are_shades() {
    let svg = of([every("each", 60), every("rare", 7_200)]).horizon("24h").make().unwrap().to_svg();
    let document = Document::parse(&svg).unwrap();
    assert_eq!(paths(&document, "d d4").len(), 1, "as dark all along, so it is one bar");
    assert_eq!(paths(&document, "t")[0].matches('M').count(), 11);
}

#[test]
fn names_are_data() {
    let nasty = "</text><script>alert('1')</script>&\"";
    let title = format!("{nasty} \u{1}");
    let svg = of([every(nasty, 60), every("off&on", -1)]).title(title).make().unwrap().to_svg();
    let document = Document::parse(&svg).unwrap();
    for shown in [nasty.to_owned(), format!("{nasty} \u{FFFD}")] {
        assert_eq!(texts(&document).iter().filter(|text| **text == shown).count(), 1, "{svg}");
    }
    assert!(texts(&document).contains(&"left out: its interval is negative"));
    assert!(!document.descendants().any(|node| node.has_tag_name(name("script"))));
}

#[test]
fn the_worst_minute_is_marked_with_its_names() {
    let svg = of([every("poll", 60), every("audit", 420)]).make().unwrap().to_svg();
    let document = Document::parse(&svg).unwrap();
    let marked = |node: &Node<'_, '_>| node.attribute("class") == Some("w");
    let mark = document.descendants().find(marked).unwrap();
    assert_eq!((mark.attribute("x"), mark.attribute("width")), (Some("672"), Some("72")));
    assert_eq!(mark.descendants().find_map(|node| node.text()), Some("poll 1\naudit 1"));
    assert!(texts(&document).contains(&"worst minute 2026-01-01 00:07: 2 starts"));
}

#[test]
fn panels_have_one_scale() {
    let (few, many) =
        (of([every("a", 60)]).make().unwrap(), of((0..9).map(|task| every(NAMES[task], 60))).make().unwrap());
    let height = |svg: &str, panel: usize| {
        let document = Document::parse(svg).unwrap();
        let load = paths(&document, "s")[panel].to_owned();
        let tops =
            load.split('V').skip(1).filter_map(|part| part.split(['H', 'z']).next()?.parse::<f64>().ok());
        let (least, most) =
            tops.fold((f64::MAX, f64::MIN), |(least, most), top| (least.min(top), most.max(top)));
        most - least
    };
    assert!((height(&few.to_svg(), 0) - 96.0).abs() < 0.1);
    let both = Picture::new("both").panel(&few).panel(&many).to_svg();
    assert!((height(&both, 0) - 9.6).abs() < 0.1 && (height(&both, 1) - 86.4).abs() < 0.1, "{both}");
}

const NAMES: [&str; 9] = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];

#[test]
fn any_table_and_horizon_is_well_formed_and_always_the_same() {
    let names: Vec<&'static str> = (0..120)
        .map(|task| &*Box::leak(format!("driver{task}.poll{}", "_x".repeat(task / 3)).into_boxed_str()))
        .collect();
    for (tasks, horizon, apart) in [
        (0, "1ns", 1),
        (1, "10m", 45),
        (120, "1h", 30),
        (40, "7d", 200),
        (5, "30d", 1_000),
        (3, "366d", 20_000),
    ] {
        let table = || {
            let spec = |(place, name): (i64, &&'static str)| {
                every(name, apart * place).jitter(Jitter::Share(300_000))
            };
            of((1..).zip(&names[..tasks]).map(spec)).horizon(horizon).start("2026-11-01T13:17:20.25Z")
        };
        let svg = table().make().unwrap().to_svg();
        assert!(svg == table().make().unwrap().to_svg(), "{tasks} tasks over {horizon}");
        let document = Document::parse(&svg).unwrap();
        assert!(!svg.contains("NaN") && !svg.contains("href"));
        let box_of = document.root_element().attribute("viewBox").unwrap();
        let size: Vec<f64> = box_of.split(' ').map(|number| number.parse().unwrap()).collect();
        for node in document.descendants().filter(|node| node.has_tag_name(name("text"))) {
            let at = |axis: &str| node.attribute(axis).unwrap().parse::<f64>().unwrap();
            assert!((0.0..=size[2]).contains(&at("x")) && (0.0..=size[3]).contains(&at("y")), "{node:?}");
        }
        assert!(svg.len() < 300_000, "{} bytes for {tasks} tasks over {horizon}", svg.len());
    }
}
