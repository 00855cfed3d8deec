package igdrom.host.linux;

import igdrom.bytes.Image;
import igdrom.host.Fact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/// The configuration of the kernel, as distributions keep it beside the kernel, or as the kernel
/// shows it.
record KernelConfiguration(HostRoot root) {
    private static final String IN_KERNEL = "/proc/config.gz";
    private static final int MAX_SIZE = 1 << 20;
    private static final Pattern RELEASE = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._+~-]*");

    /// The options that decide what the host can do with its IGD, without `CONFIG_`.
    private static final List<String> OPTIONS =
            List.of(
                    "DEBUG_FS",
                    "DRM_I915",
                    "DRM_SIMPLEDRM",
                    "DRM_XE",
                    "FB_EFI",
                    "FB_SIMPLE",
                    "FB_VESA",
                    "INTEL_IOMMU",
                    "INTEL_IOMMU_DEFAULT_ON",
                    "INTEL_IOMMU_DEFAULT_ON_INTGPU_OFF",
                    "IOMMUFD",
                    "IO_STRICT_DEVMEM",
                    "LOCK_DOWN_IN_EFI_SECURE_BOOT",
                    "PCI_IOV",
                    "SPI_INTEL_PCI",
                    "STRICT_DEVMEM",
                    "SYSFB_SIMPLEFB",
                    "VFIO_DEVICE_CDEV",
                    "VFIO_PCI",
                    "VFIO_PCI_IGD",
                    "VFIO_PCI_VGA");

    /// The options by name, such as `CONFIG_VFIO_PCI_IGD`.
    Fact<Map<String, String>> options(String release) {
        String path = "/boot/config-" + release;
        Fact<String> text = new Fact.Unknown<>(path, "the release of the kernel is unknown");
        if (RELEASE.matcher(release).matches()) {
            text =
                    root.text(path, MAX_SIZE, KernelConfiguration::relevant)
                            .or(
                                    root.text(
                                            "/lib/modules/" + release + "/config",
                                            MAX_SIZE,
                                            KernelConfiguration::relevant));
        }
        return text.or(inKernel()).map(KernelConfiguration::parse);
    }

    private Fact<String> inKernel() {
        return switch (root.bytes(IN_KERNEL, MAX_SIZE)) {
            case Fact.Unknown<Image>(String source, String reason) ->
                    new Fact.Unknown<>(source, reason);
            case Fact.Known<Image>(Image image, String source) -> {
                try (InputStream in = new GZIPInputStream(image.stream())) {
                    String text =
                            relevant(new String(in.readNBytes(MAX_SIZE), StandardCharsets.UTF_8));
                    yield text.isEmpty()
                            ? new Fact.Unknown<>(source, "is not a configuration")
                            : new Fact.Known<>(text, source);
                } catch (IOException _) {
                    yield new Fact.Unknown<>(source, "cannot be decompressed");
                }
            }
        };
    }

    /// The lines about [#OPTIONS]; empty for another file.
    private static String relevant(String text) {
        if (!text.contains("\nCONFIG_") && !text.startsWith("CONFIG_")) {
            return "";
        }
        StringBuilder kept = new StringBuilder();
        parse(text).forEach((name, value) -> kept.append(line(name, value)).append('\n'));
        return kept.toString();
    }

    private static String line(String name, String value) {
        return value.equals("n") ? "# " + name + " is not set" : name + "=" + value;
    }

    /// Options that the text does not mention depend on others that are off.
    static Map<String, String> parse(String text) {
        Map<String, String> set = new TreeMap<>();
        for (String line : text.split("\n", -1)) {
            int equals = line.indexOf('=');
            if (line.startsWith("CONFIG_") && equals >= 0) {
                set.put(line.substring(0, equals), line.substring(equals + 1).strip());
            }
        }
        Map<String, String> options = new TreeMap<>();
        for (String name : OPTIONS) {
            options.put("CONFIG_" + name, set.getOrDefault("CONFIG_" + name, "n"));
        }
        return Map.copyOf(options);
    }
}
