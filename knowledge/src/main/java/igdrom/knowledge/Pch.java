package igdrom.knowledge;

import igdrom.formats.pci.PciId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A kind of PCH: a row of `pch.tsv`, known by the device ids of its LPC (eSPI) bridges.
///
/// @param first the first id
/// @param last the last id, inclusive
/// @param name the PCH's name, where it is public
/// @param gopMajors major versions of the GOPs that accept it, empty when none was seen to
public record Pch(
        int first,
        int last,
        @Nullable String name,
        List<Integer> gopMajors,
        String source,
        String checked) {
    /// The LPC bridge of QEMU's machine q35, an ICH9.
    ///
    /// Source: QEMU, include/hw/pci/pci_ids.h, PCI_DEVICE_ID_INTEL_ICH9_8.
    public static final PciId Q35_BRIDGE = PciId.intel(0x2918);

    /// The LPC bridge of bhyve, a PIIX3.
    ///
    /// Source: FreeBSD, usr.sbin/bhyve/amd64/pci_lpc.c, LPC_DEV.
    public static final PciId BHYVE_BRIDGE = PciId.intel(0x7000);

    public Pch {
        gopMajors = List.copyOf(gopMajors);
    }

    static Pch of(TsvTable.Row row) {
        List<Integer> majors = new ArrayList<>();
        String known = row.textOrNull(3);
        if (known != null) {
            for (String major : known.split(" ", -1)) {
                majors.add(Integer.valueOf(major));
            }
        }
        return new Pch(
                HexFormat.fromHexDigits(row.text(0)),
                HexFormat.fromHexDigits(row.text(1)),
                row.textOrNull(2),
                majors,
                row.text(4),
                row.text(5));
    }

    public boolean contains(PciId bridge) {
        return bridge.isIntel(first, last);
    }
}
