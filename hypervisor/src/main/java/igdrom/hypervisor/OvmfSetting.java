package igdrom.hypervisor;

/// Settings that OVMF reads from fw_cfg.
final class OvmfSetting {
    /// Source: EDK2, OvmfPkg/Library/PlatformInitLib/MemDetect.c: no window for BARs above 4 GiB.
    static final String LOW_BARS_NAME = "opt/ovmf/X-PciMmio64Mb";

    static final String LOW_BARS_VALUE = "0";

    /// As a value of `-fw_cfg`, in QEMU and in bhyve.
    static final String LOW_BARS = "name=" + LOW_BARS_NAME + ",string=" + LOW_BARS_VALUE;

    private OvmfSetting() {}
}
