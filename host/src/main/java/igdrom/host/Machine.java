package igdrom.host;

/// The machine and the system that the facts were read on.
///
/// @param system the kind of kernel
/// @param distribution `ID` of os-release, such as `debian`
/// @param distributionName `PRETTY_NAME` of os-release
/// @param bootLoader that starts the kernel
/// @param processor its name
/// @param processorModel its family, model and stepping
/// @param addressWidth of the processor, in bits of physical addresses
/// @param virtual whether it is a virtual machine
/// @param container whether the facts were read inside a container
public record Machine(
        Fact<OperatingSystem> system,
        Fact<String> distribution,
        Fact<String> distributionName,
        Fact<BootLoader> bootLoader,
        Fact<String> processor,
        Fact<ProcessorModel> processorModel,
        Fact<Integer> addressWidth,
        Fact<Boolean> virtual,
        Fact<Boolean> container) {
    /// Nothing is known.
    public static Machine unknown(String source, String reason) {
        return new Machine(
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason),
                new Fact.Unknown<>(source, reason));
    }

    /// These facts, and the other ones where these are unknown.
    Machine or(Machine other) {
        return new Machine(
                system.or(other.system),
                distribution.or(other.distribution),
                distributionName.or(other.distributionName),
                bootLoader.or(other.bootLoader),
                processor.or(other.processor),
                processorModel.or(other.processorModel),
                addressWidth.or(other.addressWidth),
                virtual.or(other.virtual),
                container.or(other.container));
    }
}
