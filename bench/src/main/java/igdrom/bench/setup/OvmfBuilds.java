package igdrom.bench.setup;

import igdrom.fetch.Environment;
import igdrom.fetch.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// The builds of OVMF in [Component#FIRMWARE], of one version.
///
/// @param plain without Secure Boot
/// @param secureBoot supports Secure Boot, has no keys, and needs SMM
/// @param strictNx the same, and refuses images that are not prepared for memory protection
/// @param enrolled supports Secure Boot, with the keys of Microsoft: it is on
public record OvmfBuilds(Ovmf plain, Ovmf secureBoot, Ovmf strictNx, Ovmf enrolled) {
    /// Observed: Debian 14 (ovmf-generic 2026.08).
    private static final String DIRECTORY = "usr/share/OVMF/";

    private static final String PLAIN = "OVMF_CODE_4M.fd";
    private static final String SECURE_BOOT = "OVMF_CODE_4M.secboot.fd";
    private static final String STRICT_NX = "OVMF_CODE_4M.secboot.strictnx.fd";
    private static final String NO_KEYS = "OVMF_VARS_4M.fd";
    private static final String KEYS = "OVMF_VARS_4M.ms.fd";

    /// The builds that a setup has fetched.
    public static Optional<OvmfBuilds> find(Environment environment) throws IOException {
        Optional<Store.Entry> entry =
                new Store(environment.directory()).find(Component.FIRMWARE.bundleName());
        return entry.flatMap(fetched -> in(fetched.directory()));
    }

    static Optional<OvmfBuilds> in(Path root) {
        Path directory = root.resolve(DIRECTORY);
        boolean complete =
                Stream.of(PLAIN, SECURE_BOOT, STRICT_NX, NO_KEYS, KEYS)
                        .allMatch(name -> Files.isReadable(directory.resolve(name)));
        return complete
                ? Optional.of(
                        new OvmfBuilds(
                                build(directory, PLAIN, NO_KEYS, /* smm= */ false),
                                build(directory, SECURE_BOOT, NO_KEYS, /* smm= */ true),
                                build(directory, STRICT_NX, NO_KEYS, /* smm= */ true),
                                build(directory, SECURE_BOOT, KEYS, /* smm= */ true)))
                : Optional.empty();
    }

    private static Ovmf build(Path directory, String code, String vars, boolean smm) {
        Path file = directory.resolve(code);
        return new Ovmf(file, directory.resolve(vars), file.toString(), smm);
    }
}
