use super::*;

#[periodic_manager(context = Context, owner = Conductor)]
trait Driver {
    #[periodic_task]
    fn check(&self, conductor: &Conductor, context: &Context);

    #[periodic_task]
    fn unwanted(&self) {}
}

struct Ipmi {
    sensor: Sensor,
}

impl Driver for Ipmi {
    fn check(&self, conductor: &Conductor, context: &Context) {
        conductor.log.note(format!("ipmi for {}", context.user));
    }
}

#[periodic_manager(context = Context, owner = Conductor, inherit(Driver), include(sensor))]
impl Ipmi {}

/// Two levels down, with the owner of the first.
struct Sensor;

#[periodic_manager(owner = Conductor)]
impl Sensor {
    #[periodic_task]
    async fn read(&self, conductor: &Conductor) {
        conductor.log.note("sensor");
    }
}

/// One that asks for nothing goes into any manager.
struct Plain;

#[periodic_manager]
impl Plain {
    #[periodic_task]
    fn tick(&self) {}
}

struct Conductor {
    drivers: BTreeMap<&'static str, Arc<dyn Driver>>,
    plain: (Option<Plain>, Vec<Plain>),
    all: Plain,
    log: Log,
}

#[periodic_manager(context = Context, include(drivers(except(unwanted)), all))]
impl Conductor {
    #[periodic_task]
    fn own(&self) {
        self.log.note(format!("own {}", self.plain.1.len()));
    }
}

struct Wrapper(Plain, Option<Plain>, Vec<Plain>);

#[periodic_manager(include(0, 1, 2(except(tick))), name = "wrapped")]
impl Wrapper {}

#[tokio::test]
async fn pass_owner_and_context_down() {
    let ipmi: Arc<dyn Driver> = Arc::new(Ipmi { sensor: Sensor });
    let conductor = Conductor {
        drivers: BTreeMap::from([("ipmi", ipmi)]),
        plain: (None, vec![Plain]),
        all: Plain,
        log: Log::default(),
    };
    assert_eq!(
        names(&conductor),
        [
            "Conductor.own",
            "Conductor.drivers.ipmi.check",
            "Conductor.drivers.ipmi.sensor.read",
            "Conductor.all.tick"
        ]
    );
    let conductor = run_once(conductor, &Context { user: "admin" }).await;
    assert_eq!(conductor.log.take(), ["own 1", "ipmi for admin", "sensor"]);
}

#[test]
fn name_tuple_fields_by_their_number() {
    assert_eq!(names(&Wrapper(Plain, Some(Plain), vec![Plain])), ["wrapped.0.tick", "wrapped.1.tick"]);
}
