package igdrom.web.jdk;

import java.util.Set;
import org.teavm.extension.spi.substitution.SubstitutionPolicy;
import org.teavm.extension.spi.substitution.SubstitutionSink;

/// The classes that TeaVM takes from this package: a service of TeaVM's.
public final class Substitutions implements SubstitutionPolicy {
    private static final String PREFIX = "igdrom.web.jdk.";

    private static final Set<String> CLASSES =
            Set.of(
                    "java.util.HexFormat",
                    "java.security.MessageDigest",
                    "java.security.NoSuchAlgorithmException",
                    "igdrom.firmware.MemoryLimit",
                    "igdrom.firmware.Workers");

    @Override
    public void contribute(SubstitutionSink sink) {
        sink.selectClasses(CLASSES::contains).packagePrefix(PREFIX);
    }
}
