package igdrom.hypervisor;

/// Settings that OVMF reads from fw_cfg, as values of `-fw_cfg`.
final class OvmfSetting {
    /// Source: EDK2, OvmfPkg/Library/PlatformInitLib/MemDetect.c: no window for BARs above 4 GiB.
    static final String LOW_BARS = "name=opt/ovmf/X-PciMmio64Mb,string=0";

    private OvmfSetting() {}
}
