using ImaNanoBanana.Masking;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ImaNanoBanana.DependencyInjection;

/// <summary>Rejects keys of a configuration section that are not options, and suggests the nearest option.</summary>
/// <param name="name">The name of the options that the section is bound to.</param>
/// <param name="section">The section.</param>
internal sealed class SectionKeys(string name, IConfiguration section) : IValidateOptions<ImaNanoBananaOptions>
{
    /// <summary>Every option; a section may contain nothing else.</summary>
    public static IReadOnlyList<string> Known =>
    [
        nameof(ImaNanoBananaOptions.ApiKey), nameof(ImaNanoBananaOptions.CreateTimeout), nameof(ImaNanoBananaOptions.CancellationGrace),
        nameof(ImaNanoBananaOptions.ReadAttemptTimeout), nameof(ImaNanoBananaOptions.ReadTimeout), nameof(ImaNanoBananaOptions.PollTimeout),
        nameof(ImaNanoBananaOptions.WatchTimeout), nameof(
            ImaNanoBananaOptions.TransferStallTimeout), nameof(ImaNanoBananaOptions.TransferTimeout),
        nameof(ImaNanoBananaOptions.MaxUploadBytes), nameof(ImaNanoBananaOptions.MaxDownloadBytes), nameof(
            ImaNanoBananaOptions.RequestsPerSecond),
        nameof(ImaNanoBananaOptions.RequestBurst), nameof(ImaNanoBananaOptions.RetryReads), nameof(ImaNanoBananaOptions.RetrySubmissions),
        nameof(ImaNanoBananaOptions.MaxCredits), nameof(ImaNanoBananaOptions.StorageHosts), nameof(ImaNanoBananaOptions.Language),
        nameof(ImaNanoBananaOptions.EnableSensitiveData),
    ];

    public ValidateOptionsResult Validate(string? optionsName, ImaNanoBananaOptions options)
    {
        if (optionsName != name)
        {
            return ValidateOptionsResult.Skip;
        }

        var known = Known;
        var problems = section.GetChildren().Select(child => child.Key)
            .Where(key => !known.Contains(key, StringComparer.OrdinalIgnoreCase))
            .Select(key => NearestName.Find(key, known) is { } nearest
                ? $"The configuration contains '{UntrustedText.Line(key)}', which is not an option. Did you mean {nearest}?"
                : $"The configuration contains '{UntrustedText.Line(key)}', which is not an option. The options are "
                    + $"{string.Join(", ", known)}.")
            .ToList();
        return problems.Count > 0 ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }
}
