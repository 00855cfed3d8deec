package igdrom.plan;

import org.jspecify.annotations.Nullable;

/// Which generations of graphics a VBT that names a platform was seen on.
///
/// Observed: the VBTs of coreboot's boards. Makers keep the name of the platform that a table began
/// with: Broadwell's say HASWELL, Comet Lake's SKYLAKE, Rocket Lake's and Alder Lake's TIGERLAKE.
enum VbtFamily {
    CANTIGA("CANTIGA", 400, 500),
    IRONLAKE("IRONLAKE", 500, 500),
    SNB("SNB", 600, 700),
    SANDYBRIDGE("SANDYBRIDGE", 600, 700),
    IVYBRIDGE("IVYBRIDGE", 600, 700),
    VALLEYVIEW("VALLEYVIEW", 700, 700),
    HASWELL("HASWELL", 750, 800),
    BROADWELL("BROADWELL", 750, 800),
    CHERRYVIEW("CHERRYVIEW", 800, 800),
    SKYLAKE("SKYLAKE", 900, 900),
    KABYLAKE("KABYLAKE", 900, 900),
    COFFEELAKE("COFFEELAKE", 900, 900),
    WHISKEYLAKE("WHISKEYLAKE", 900, 900),
    COMETLAKE("COMETLAKE", 900, 900),
    BROXTON("BROXTON", 900, 900),
    GEMINILAKE("GEMINILAKE", 900, 900),
    ICELAKE("ICELAKE", 1100, 1100),
    ELKHARTLAKE("ELKHARTLAKE", 1100, 1100),
    JASPERLAKE("JASPERLAKE", 1100, 1100),
    TIGERLAKE("TIGERLAKE", 1200, 1200),
    ROCKETLAKE("ROCKETLAKE", 1200, 1200),
    ALDERLAKE("ALDERLAKE", 1200, 1200),
    RAPTORLAKE("RAPTORLAKE", 1200, 1200),
    METEORLAKE("METEORLAKE", 1270, 1270),
    ARROWLAKE("ARROWLAKE", 1270, 1270),
    LUNARLAKE("LUNARLAKE", 2000, 2000),
    PANTHERLAKE("PANTHERLAKE", 3000, 3000);

    private final String prefix;
    private final int oldest;
    private final int newest;

    /// @param oldest graphics version, times 100
    VbtFamily(String prefix, int oldest, int newest) {
        this.prefix = prefix;
        this.oldest = oldest;
        this.newest = newest;
    }

    /// The family that a VBT's platform belongs to, null for a name that is not known.
    static @Nullable VbtFamily of(String platform) {
        for (VbtFamily family : values()) {
            if (platform.startsWith(family.prefix)) {
                return family;
            }
        }
        return null;
    }

    boolean has(int graphicsVersion) {
        return graphicsVersion >= oldest && graphicsVersion <= newest;
    }
}
