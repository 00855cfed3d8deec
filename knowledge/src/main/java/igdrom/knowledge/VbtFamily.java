package igdrom.knowledge;

/// The graphics generations on which VBTs with a platform name occur: a row of `vbt-families.tsv`.
///
/// Vendors keep the name of the platform that a VBT was first made for: Broadwell's VBTs are named
/// HASWELL, Comet Lake's SKYLAKE, Rocket Lake's and Alder Lake's TIGERLAKE.
///
/// @param name the start of the platform name in the VBT's header, after `$VBT `
/// @param oldest graphics version, as in [Platform#graphicsVersion]
/// @param newest graphics version, inclusive
public record VbtFamily(String name, int oldest, int newest, String source, String checked) {
    static VbtFamily of(TsvTable.Row row) {
        return new VbtFamily(row.text(0), row.number(1), row.number(2), row.text(3), row.text(4));
    }

    /// Whether VBTs of this family occur on this graphics version.
    public boolean includes(int graphicsVersion) {
        return graphicsVersion >= oldest && graphicsVersion <= newest;
    }
}
