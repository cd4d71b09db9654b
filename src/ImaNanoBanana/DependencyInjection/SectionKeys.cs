using ImaNanoBanana.Masking;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ImaNanoBanana.DependencyInjection;

/// <summary>
/// Checks a configuration section: a key that is close to an option is a typo, with the option as a suggestion; any other key belongs to
/// the app.
/// </summary>
/// <param name="name">The name of the options that the section is bound to.</param>
/// <param name="section">The section.</param>
internal sealed class SectionKeys(string name, IConfiguration section) : IValidateOptions<ImaNanoBananaOptions>
{
    /// <summary>Every option.</summary>
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
        nameof(ImaNanoBananaOptions.EnableSensitiveData), nameof(ImaNanoBananaOptions.AdditionalModels),
        nameof(ImaNanoBananaOptions.HashDownloads),
    ];

    public string Name => name;

    /// <summary>The path of the section if it does not exist; otherwise null.</summary>
    public string? Missing => section is IConfigurationSection named && !named.Exists() ? named.Path : null;

    public SectionParts Parts => SectionParts.Read(section);

    /// <summary>The keys that the SDK does not use.</summary>
    public IEnumerable<string> Unknown =>
        section.GetChildren().Select(child => child.Key).Except([.. Known, .. SectionParts.Names], StringComparer.OrdinalIgnoreCase);

    public ValidateOptionsResult Validate(string? optionsName, ImaNanoBananaOptions options)
    {
        if (optionsName != name)
        {
            return ValidateOptionsResult.Skip;
        }

        var misspelled =
            from key in Unknown
            let nearest = Nearest(key)
            where nearest is not null
            select $"The configuration contains '{UntrustedText.Line(key)}', which is not an option. Did you mean {nearest}?";
        var problems = misspelled.Concat(SectionParts.Read(section).Problems).ToList();
        if (Missing is { } path && options.ApiKey is null)
        {
            problems.Insert(0, $"The configuration section '{UntrustedText.Line(path)}' does not exist. Check its name.");
        }

        return problems.Count > 0 ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }

    private static string? Nearest(string key) => NearestName.Find(key, [.. Known, .. SectionParts.Names]);
}
