package igdrom.plan.host;

/// The checks of a host, in the order in which a person would make them.
public enum CheckName {
    SYSTEM("system", "what the facts were read on"),
    DEVICE("device", "which Intel graphics the host has"),
    PRIMARY_DISPLAY("display", "which device the firmware shows its picture with"),
    BOOT_MODE("boot-mode", "whether UEFI or a legacy BIOS started the host"),
    IOMMU("iommu", "whether the kernel uses an IOMMU"),
    IOMMU_GROUP("iommu-group", "what goes to a guest together with the IGD"),
    ADDRESS_WIDTH("address-width", "how many address bits a guest may have"),
    BRIDGES("bridges", "whether the kernel finds the bridges where it looks for them"),
    STOLEN_MEMORY("stolen-memory", "how much memory the firmware reserved for the IGD"),
    REGISTERS("registers", "whether the hypervisor emulates ASLS and BDSM"),
    OPREGION("opregion", "whether the host has an OpRegion with a VBT"),
    GOP("gop", "whether there is a UEFI GOP for the IGD"),
    CONNECTORS("connectors", "which monitor the IGD sees"),
    FRAMEBUFFER("framebuffer", "what holds memory of the IGD"),
    DRIVER("driver", "which driver has the IGD"),
    VFIO("vfio-pci", "how vfio-pci is set up"),
    RESET("reset", "whether the IGD can start in a second guest"),
    AUDIO("audio", "which device gives HDMI its sound"),
    SRIOV("sr-iov", "whether the IGD has virtual functions"),
    HYPERVISOR("hypervisor", "whether the hypervisor is new enough"),
    KERNEL_LOG("kernel-log", "what the kernel says about the IGD"),
    NOT_NEEDED("not-needed", "which popular remedies change nothing here");

    private final String id;
    private final String question;

    CheckName(String id, String question) {
        this.id = id;
        this.question = question;
    }

    /// The same in all versions, for programs.
    public String id() {
        return id;
    }

    /// What it finds out, as a clause.
    public String question() {
        return question;
    }
}
