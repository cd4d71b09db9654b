using ImaNanoBanana.Errors;
using ImaNanoBanana.Masking;
using ImaNanoBanana.Options;
using ImaNanoBanana.Transport;
using Microsoft.Extensions.Options;

namespace ImaNanoBanana.DependencyInjection.Health;

/// <summary>What a health check found, in words. Pure and immutable.</summary>
/// <param name="IsHealthy">Whether everything works.</param>
/// <param name="Description">All findings, or those that need attention.</param>
/// <param name="Data">One finding for each part.</param>
internal sealed record HealthFindings(bool IsHealthy, string Description, IReadOnlyDictionary<string, object> Data)
{
    private const string NotKnown = "not known, because the list could not be read.";

    /// <param name="service">Why the product list could not be read; null if it could.</param>
    /// <param name="journal">Why the journal could not be used; null if it could.</param>
    /// <param name="missing">The additional models that the list does not offer. Other models still work, so this is a remark.</param>
    public static HealthFindings Create(Exception? service, Exception? journal, IReadOnlyList<ImageModel> missing)
    {
        var (key, list) = OfService(service);
        var data = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["key"] = key,
            ["list"] = list,
            ["journal"] = OfJournal(journal),
        };
        if (missing.Count > 0)
        {
            data["models"] = $"not offered: {string.Join(", ", missing)}. Requests for these models are rejected.";
        }

        var isHealthy = service is null && journal is null;
        var problems = data.Where(part => part.Value is not ("accepted" or "readable" or "writable"));
        var description = isHealthy
            ? "The key is accepted, the product list is readable, and the journal is writable."
                + (missing.Count > 0 ? $" models: {data["models"]}" : "")
            : string.Join(" ", problems.Select(part => $"{part.Key}: {part.Value}"));
        return new HealthFindings(isHealthy, description, data);
    }

    private static (string Key, string List) OfService(Exception? failure) => failure switch
    {
        null => ("accepted", "readable"),
        OptionsValidationException invalid => (
            $"not usable. {Reason(string.Join(" ", invalid.Failures))}", "not read, because the options are invalid."),
        ImaException { Kind: ImaErrorKind.Unauthorized } => (
            $"rejected. {ErrorText.Unauthorized}", "not read, because the key was rejected."),
        ImaException { Code: ServiceCode.SubscriptionRequired } => (
            "accepted, but the plan of the account does not include the list.", $"not readable. {ErrorText.SubscriptionRequired}"),
        ImaException { Kind: ImaErrorKind.RateLimited } => (
            NotKnown, "not readable. The service receives too many requests. Lower RequestsPerSecond, or share a request gate."),
        TimeoutException => (
            NotKnown, $"not readable. {Reason(AppCallback.Message(failure))} Check the network and how many requests the client sends."),
        _ => (NotKnown, $"not readable. {Reason(AppCallback.Message(failure))} Check the network. If it works, wait for the service."),
    };

    private static string OfJournal(Exception? failure) => failure is null
        ? "writable"
        : $"not writable. {Reason(AppCallback.Message(failure))} Check the folder or the database of the journal. Until then, no create "
            + "request is sent.";

    private static string Reason(string text) => $"{UntrustedText.Line(text)?.TrimEnd('.') ?? "No reason was given"}.";
}
