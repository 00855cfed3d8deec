package igdrom.plan.vm;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.host.Fact;
import igdrom.host.IommuGroup;
import igdrom.host.MemoryRange;
import igdrom.host.PciFunction;
import igdrom.host.PciFunctions;
import igdrom.host.RemappingUnit;
import igdrom.host.Snapshot;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A host of which few facts are known. It survives new facts in the model, since it copies records
/// by the names of their components.
record TestHost(Snapshot snapshot) {
    private static final Snapshot NONE = Snapshot.unknown("a test", "a test", "not set");
    private static final int VGA = 0x030000;
    private static final int ISA_BRIDGE = 0x060100;

    /// A host with an IGD of the usual class and an LPC bridge.
    static TestHost with(PciId device) {
        return new TestHost(NONE)
                .igd(function(PciFunctions.USUAL_IGD, device, VGA))
                .lpcClass(ISA_BRIDGE);
    }

    TestHost igd(PciFunction igd) {
        return pci("igd", igd);
    }

    TestHost igdClass(int code) {
        return igd(changed(snapshot.igd(), "classCode", known(code)));
    }

    TestHost lpcClass(int code) {
        return pci("lpc", changed(snapshot.lpc(), "classCode", known(code)));
    }

    /// The GPU is a virtual function.
    TestHost virtual(String address) {
        PciFunction igd = changed(snapshot.igd(), "address", address);
        Optional<String> parent = Optional.of(PciFunctions.USUAL_IGD);
        return igd(changed(igd, "use", changed(igd.use(), "physicalFunction", known(parent))));
    }

    TestHost ggc(int value) {
        Image word = Image.of(new byte[] {(byte) value, (byte) (value >> 8)});
        Image config = new Emitter().image(Image.of(new byte[256])).patch(0x50, word).toImage();
        return igd(changed(snapshot.igd(), "config", known(config)));
    }

    TestHost stolen(long base, long size) {
        Fact<MemoryRange> range = known(new MemoryRange(base, size));
        return new TestHost(
                changed(snapshot, "graphics", changed(snapshot.graphics(), "stolenMemory", range)));
    }

    TestHost opRegion(Image region) {
        return new TestHost(
                changed(
                        snapshot,
                        "graphics",
                        changed(snapshot.graphics(), "opRegion", known(region))));
    }

    TestHost disableVga() {
        return new TestHost(
                changed(snapshot, "vfio", changed(snapshot.vfio(), "disableVga", known(true))));
    }

    TestHost processorWidth(int bits) {
        return new TestHost(
                changed(
                        snapshot,
                        "machine",
                        changed(snapshot.machine(), "addressWidth", known(bits))));
    }

    /// Units with these widths. The unit with index `own` serves the IGD, none does for -1.
    TestHost iommuWidths(int own, int... widths) {
        List<RemappingUnit> units = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            Fact<List<String>> functions =
                    own < 0
                            ? new Fact.Unknown<>("a test", "not set")
                            : known(i == own ? List.of(PciFunctions.USUAL_IGD) : List.of());
            long capability = (widths[i] - 1L) << 16;
            units.add(new RemappingUnit("dmar" + i, 0xfed9_0000L, capability, 0, functions));
        }
        return new TestHost(
                changed(snapshot, "iommu", changed(snapshot.iommu(), "units", known(units))));
    }

    /// A sound function at 00:1f.3, in a group with these functions.
    TestHost sound(String... group) {
        PciFunction sound = function("0000:00:1f.3", PciId.intel(0x54c8), 0x040300);
        TestHost host = pci("others", known(List.of(sound)));
        IommuGroup number9 = new IommuGroup(9, List.of(group), known(List.of()));
        return new TestHost(
                changed(
                        host.snapshot,
                        "iommu",
                        changed(snapshot.iommu(), "groups", known(List.of(number9)))));
    }

    private TestHost pci(String component, Object value) {
        return new TestHost(changed(snapshot, "pci", changed(snapshot.pci(), component, value)));
    }

    private static PciFunction function(String address, PciId id, int classCode) {
        PciFunction unknown = PciFunction.unknown(address, "a test", "not set");
        return changed(changed(unknown, "id", known(id)), "classCode", known(classCode));
    }

    private static <T> Fact<T> known(T value) {
        return new Fact.Known<>(value, "a test");
    }

    /// A copy of a record with another value of one component.
    private static <R extends Record> R changed(R record, String component, Object value) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        boolean found = false;
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                boolean changes = components[i].getName().equals(component);
                found |= changes;
                values[i] = changes ? value : components[i].getAccessor().invoke(record);
            }
            if (!found) {
                throw new IllegalArgumentException(record.getClass() + " has no " + component);
            }
            Constructor<?> constructor = record.getClass().getDeclaredConstructor(types);
            @SuppressWarnings("unchecked")
            R copy = (R) constructor.newInstance(values);
            return copy;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
