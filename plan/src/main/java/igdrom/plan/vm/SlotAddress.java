package igdrom.plan.vm;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a device is on a bus of the guest, or of the host.
public record SlotAddress(int slot, int function) {
    /// The slot in which an IGD belongs.
    public static final SlotAddress IGD = new SlotAddress(0x02, 0);

    /// The slot of the LPC bridge.
    public static final SlotAddress LPC = new SlotAddress(0x1f, 0);

    /// Spec: QEMU, hw/core/qdev-properties-system.c, `set_pci_devfn()`: hexadecimal, with or
    /// without `0x`.
    private static final Pattern QEMU =
            Pattern.compile("(?:0x)?([0-9a-fA-F]{1,2})(?:\\.(?:0x)?([0-7]))?");

    public SlotAddress {
        if (slot < 0 || slot > 0x1f || function < 0 || function > 7) {
            throw new IllegalArgumentException("no such slot: " + slot + "." + function);
        }
    }

    /// The address in a value of QEMU's `addr`, empty when it has another form.
    public static Optional<SlotAddress> ofQemu(String text) {
        Matcher matcher = QEMU.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int slot = HexFormat.fromHexDigits(matcher.group(1));
        String function = matcher.group(2);
        return slot > 0x1f
                ? Optional.empty()
                : Optional.of(
                        new SlotAddress(slot, function == null ? 0 : Integer.parseInt(function)));
    }

    /// As QEMU takes it: `02.0`.
    @Override
    public String toString() {
        return "%02x.%x".formatted(slot, function);
    }
}
