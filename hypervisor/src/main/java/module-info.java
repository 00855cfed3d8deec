/// Texts of hypervisors: from the model of a virtual machine, and into it.
module igdrom.hypervisor {
    requires transitive igdrom.plan;
    requires java.xml;
    requires static transitive org.jspecify;

    exports igdrom.hypervisor;

    opens igdrom.hypervisor to
            igdrom.bytes;
}
