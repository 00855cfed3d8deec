package igdrom.cli;

import igdrom.formats.pci.PciId;
import igdrom.plan.Conflict;
import igdrom.plan.GuestMachine;
import igdrom.plan.LpcBridgePolicy;
import igdrom.plan.RomRequest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/// The options of `igdrom build` as the request that they are.
final class BuildRequest {
    private static final long MIB = 1L << 20;

    private final ParseResult options;

    private BuildRequest(ParseResult options) {
        this.options = options;
    }

    /// @throws Failure when a value is not what its option takes
    static RomRequest of(ParseResult options) {
        return new BuildRequest(options).request();
    }

    private RomRequest request() {
        String lid = value("--lid", "open", "closed");
        String source = value("--opregion-source", "auto", "embedded");
        return new RomRequest(
                device(),
                machine(),
                address("--stolen-base"),
                address("--stolen-size"),
                lid == null ? null : lid.equals("open"),
                options.hasMatchedOption("--dock") ? true : null,
                "embedded".equals(source),
                !options.hasMatchedOption("--no-gop"),
                options.hasMatchedOption("--compress"),
                id("--treat-as"),
                pch(),
                allowed());
    }

    /// The revision makes no difference.
    private @Nullable PciId device() {
        Optional<Options.Revised> device = Options.revised(options, "--device");
        return device.isEmpty() ? null : device.get().id();
    }

    private @Nullable PciId id(String option) {
        return Options.id(options, option).orElse(null);
    }

    private LpcBridgePolicy pch() {
        PciId bridge = id("--pch");
        if (!options.hasMatchedOption("--no-pch")) {
            return bridge == null ? LpcBridgePolicy.AUTO : new LpcBridgePolicy(true, bridge);
        }
        if (bridge != null) {
            throw new Failure(ExitCode.USAGE, "--pch and --no-pch: which of the two?");
        }
        return LpcBridgePolicy.NEVER;
    }

    private @Nullable GuestMachine machine() {
        String text = options.matchedOptionValue("--machine", "");
        if (text.isEmpty()) {
            return null;
        }
        for (GuestMachine machine : GuestMachine.values()) {
            if (machine.id().equals(text)) {
                return machine;
            }
        }
        throw new Failure(ExitCode.USAGE, "--machine is '" + text + "', not q35, pc or bhyve");
    }

    private @Nullable String value(String option, String one, String other) {
        String text = options.matchedOptionValue(option, "");
        if (text.isEmpty()) {
            return null;
        }
        if (!text.equals(one) && !text.equals(other)) {
            throw new Failure(
                    ExitCode.USAGE, option + " is '" + text + "', not " + one + " or " + other);
        }
        return text;
    }

    /// A number of whole MiB like `0x8d800000` or `64M`, 0 when it was not given.
    private long address(String option) {
        String text = options.matchedOptionValue(option, "");
        if (text.isEmpty()) {
            return 0;
        }
        long value = number(text);
        if (value <= 0 || value % MIB != 0 || value >= 1L << 32) {
            throw new Failure(
                    ExitCode.USAGE,
                    option
                            + " is '"
                            + text
                            + "', not a multiple of 1 MiB below 4 GiB like 0x8d800000 or 64M");
        }
        return value;
    }

    private static long number(String text) {
        try {
            if (text.startsWith("0x")) {
                return HexFormat.fromHexDigitsToLong(text, 2, text.length());
            }
            boolean mib = text.endsWith("M");
            long number = Long.parseLong(mib ? text.substring(0, text.length() - 1) : text);
            return mib ? Math.multiplyExact(number, MIB) : number;
        } catch (IllegalArgumentException | ArithmeticException _) {
            return -1;
        }
    }

    private Set<Conflict> allowed() {
        // Not an EnumSet, which asks for the constants by reflection: that takes a while to start.
        Set<Conflict> allowed = new HashSet<>();
        String text = options.matchedOptionValue("--allow", "");
        if (text.isEmpty()) {
            return allowed;
        }
        for (String word : text.split(",", -1)) {
            allowed.add(contradiction(word));
        }
        return allowed;
    }

    private static Conflict contradiction(String word) {
        StringBuilder known = new StringBuilder();
        for (Conflict contradiction : Conflict.values()) {
            if (contradiction.id().equals(word)) {
                return contradiction;
            }
            known.append(known.isEmpty() ? "" : ", ").append(contradiction.id());
        }
        throw new Failure(ExitCode.USAGE, "--allow is '" + word + "', known are " + known);
    }
}
