package igdrom.host.text;

import igdrom.formats.pci.PciId;
import igdrom.host.MemoryRange;
import igdrom.host.OperatingSystem;
import igdrom.host.PciBar;
import igdrom.host.VirtualFunctions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The output of FreeBSD's `pciconf -l`, with or without `-v`, `-b` and `-c`.
///
/// Source: FreeBSD, usr.sbin/pciconf/pciconf.c and cap.c.
final class PciconfText implements TextReader {
    /// `vgapci0@pci0:0:2:0: class=0x030000 rev=0x0c …`.
    private static final Pattern FUNCTION =
            Pattern.compile(
                    "^ *([a-z_][a-z0-9_]*?)[0-9]+@pci([0-9]{1,5}):([0-9]{1,3}):([0-9]{1,2}):([0-7]):["
                        + " \\t]+(class=0x[0-9a-f]{6} .*)$");

    private static final Pattern PAIR = Pattern.compile("([a-z]+)=0x([0-9a-f]{1,8})");
    private static final Pattern BAR =
            Pattern.compile(
                    "^bar +\\[([0-9a-f]{2})\\] = type ([A-Za-z/ ]+), range [0-9]+,"
                            + " base 0x([0-9a-f]{1,15}), size ([0-9]{1,15}), enabled$");
    private static final Pattern VIRTUAL =
            Pattern.compile("^([0-9]{1,5}) VFs configured out of ([0-9]{1,5}) supported$");
    private static final Pattern POWER = Pattern.compile("^cap 01\\[.*current (D[0-3]).*");
    private static final int FIRST_BAR = 0x10;

    /// The name of a function without driver.
    private static final String NO_DRIVER = "none";

    @Override
    public String name() {
        return "pciconf";
    }

    @Override
    public boolean read(TextFile file, FactSheet sheet) {
        boolean found = false;
        @Nullable Function current = null;
        for (TextFile.Line line : file.lines()) {
            Matcher first = FUNCTION.matcher(line.text());
            if (first.matches()) {
                finish(current);
                current = function(first, line.source(), sheet);
                found = true;
            } else if (line.text().isBlank() || line.text().startsWith("==")) {
                finish(current);
                current = null;
            } else if (current != null) {
                current.line(line.text().strip(), line.source());
            }
        }
        finish(current);
        if (found) {
            sheet.system.known(OperatingSystem.FREEBSD, file.name());
            sheet.listing(file.name());
        }
        return found;
    }

    private static void finish(@Nullable Function function) {
        if (function != null) {
            function.finish();
        }
    }

    private static Function function(Matcher first, String source, FactSheet sheet) {
        FunctionFacts facts =
                sheet.function(
                        address(first.group(2), first.group(3), first.group(4), first.group(5)));
        String driver = first.group(1);
        facts.driver.known(
                driver.equals(NO_DRIVER) ? Optional.empty() : Optional.of(driver), source);
        Numbers numbers = new Numbers(first.group(6));
        numbers.number("class").ifPresent(code -> facts.classCode.known(code, source));
        numbers.number("rev").ifPresent(revision -> facts.revision.known(revision & 0xff, source));
        numbers.id("chip", "vendor", "device").ifPresent(id -> facts.id.known(id, source));
        numbers.id("card", "subvendor", "subdevice")
                .ifPresent(id -> facts.subsystem.known(id, source));
        return new Function(facts, source);
    }

    /// The address in the notation of Linux; FreeBSD writes decimal numbers.
    static String address(String domain, String bus, String device, String function) {
        return "%04x:%02x:%02x.%s"
                .formatted(
                        Integer.parseInt(domain),
                        Integer.parseInt(bus),
                        Integer.parseInt(device),
                        function);
    }

    /// The pairs of a name and a number in the first line of a function.
    private record Numbers(String text) {
        Optional<Integer> number(String name) {
            Matcher pairs = PAIR.matcher(text);
            while (pairs.find()) {
                if (pairs.group(1).equals(name)) {
                    return Optional.of(HexFormat.fromHexDigits(pairs.group(2)));
                }
            }
            return Optional.empty();
        }

        /// An id as two numbers, or, before FreeBSD 13, as one: `chip=0x46828086`.
        Optional<PciId> id(String both, String vendor, String device) {
            Optional<Integer> maker = number(vendor);
            Optional<Integer> part = number(device);
            if (maker.isPresent() && part.isPresent()) {
                return Optional.of(new PciId(maker.get() & 0xffff, part.get() & 0xffff));
            }
            return number(both).map(id -> new PciId(id & 0xffff, id >>> 16));
        }
    }

    /// The lines below the first one of a function.
    private static final class Function {
        private final FunctionFacts facts;
        private final String source;
        private final List<PciBar> bars = new ArrayList<>();
        private boolean hasBars;
        private boolean capabilities;

        Function(FunctionFacts facts, String source) {
            this.facts = facts;
            this.source = source;
        }

        void line(String line, String at) {
            Matcher bar = BAR.matcher(line);
            Matcher virtual = VIRTUAL.matcher(line);
            Matcher power = POWER.matcher(line);
            hasBars |= line.startsWith("bar ");
            capabilities |= line.startsWith("cap ");
            if (bar.matches()) {
                bar(bar);
            } else if (virtual.matches()) {
                facts.virtualFunctions.known(
                        new VirtualFunctions(
                                Integer.parseInt(virtual.group(2)),
                                Integer.parseInt(virtual.group(1))),
                        at);
            } else if (power.matches()) {
                facts.powerState.known(power.group(1).equals("D3") ? "D3hot" : power.group(1), at);
            }
            if (line.startsWith("cap 10[") && line.matches(".* FLR(?: .*)?")) {
                facts.resetMethods.known(List.of("flr"), at);
            }
        }

        private void bar(Matcher bar) {
            int index = (HexFormat.fromHexDigits(bar.group(1)) - FIRST_BAR) / 4;
            PciBar.Kind kind =
                    switch (bar.group(2)) {
                        case "I/O Port" -> PciBar.Kind.IO;
                        case "Prefetchable Memory" -> PciBar.Kind.PREFETCHABLE_MEMORY;
                        default -> PciBar.Kind.MEMORY;
                    };
            long base = HexFormat.fromHexDigitsToLong(bar.group(3));
            long size = Long.parseLong(bar.group(4));
            if (index >= 0 && size > 0) {
                bars.add(new PciBar(index, kind, new MemoryRange(base, size)));
            }
        }

        /// Adds what lines that are missing say.
        void finish() {
            if (hasBars) {
                facts.bars.known(List.copyOf(bars), source);
            }
            if (capabilities) {
                facts.virtualFunctions.known(new VirtualFunctions(0, 0), source);
            } else {
                facts.virtualFunctions.unknown(source, "pciconf shows capabilities with -c");
            }
        }
    }
}
