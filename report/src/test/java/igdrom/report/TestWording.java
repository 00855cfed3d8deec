package igdrom.report;

import igdrom.formats.pci.PciId;
import igdrom.plan.Conflict;
import igdrom.plan.Remedy;
import igdrom.plan.RequestField;
import igdrom.plan.host.Fix;
import igdrom.plan.host.HostRemedy;
import igdrom.plan.vm.Hypervisor;
import java.util.List;

/// Spells everything by its constant.
public final class TestWording implements Wording {
    @Override
    public String field(RequestField field) {
        return "<" + field + ">";
    }

    @Override
    public String remedy(Remedy remedy) {
        return "<" + remedy + ">";
    }

    @Override
    public String remedy(TestRemedy remedy, PciId device, String file) {
        return "<" + remedy + " " + device + " " + file + ">";
    }

    @Override
    public String remedy(DriverRemedy remedy) {
        return "<" + remedy + ">";
    }

    @Override
    public String allow(Conflict conflict) {
        return "<allow " + conflict + ">";
    }

    @Override
    public String showAll() {
        return "<all>";
    }

    @Override
    public String vgaBios() {
        return "<vbios>";
    }

    @Override
    public String verifyRom(PciId device, String file) {
        return "<verify " + file + " for " + device + ">";
    }

    @Override
    public String useEditedVbt(String file, boolean opRegion) {
        return "<use " + (opRegion ? "OpRegion " : "VBT ") + file + ">";
    }

    @Override
    public String writeConfiguration(Hypervisor hypervisor, String file) {
        return "configure " + hypervisor.id() + " " + file;
    }

    @Override
    public String readDriverReport() {
        return "<report>";
    }

    @Override
    public Fix.Do remedy(HostRemedy remedy, HostSource source) {
        return new Fix.Do("<" + remedy + " " + source.kind() + ">", List.of());
    }
}
