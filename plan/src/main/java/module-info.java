/// From what is wanted, known and found to what goes into a ROM, with a reason for each choice.
module igdrom.plan {
    requires transitive igdrom.driver;
    requires transitive igdrom.firmware;
    requires transitive igdrom.host;
    requires static transitive org.jspecify;

    exports igdrom.plan;
    exports igdrom.plan.host;
    exports igdrom.plan.vm;

    opens igdrom.plan.vm to
            igdrom.bytes;
}
