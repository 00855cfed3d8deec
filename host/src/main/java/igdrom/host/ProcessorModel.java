package igdrom.host;

/// The model of a processor, as CPUID gives it.
public record ProcessorModel(int family, int model, int stepping) {
    @Override
    public String toString() {
        return "family %d, model %d, stepping %d".formatted(family, model, stepping);
    }
}
