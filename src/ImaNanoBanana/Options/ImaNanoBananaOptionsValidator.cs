using System.Globalization;
using ImaNanoBanana.Masking;
using Microsoft.Extensions.Options;

namespace ImaNanoBanana.Options;

/// <summary>Validates the options at startup or, without a host, at first use. Names the option and the value, never the key.</summary>
internal sealed class ImaNanoBananaOptionsValidator : IValidateOptions<ImaNanoBananaOptions>
{
    private const int MostRequests = 10_000;
    private const int LongestModelId = 100;

    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OneHour = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, ImaNanoBananaOptions options) =>
        Problems(options, name ?? "") is { Count: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;

    /// <param name="options">The options.</param>
    /// <param name="name">The name of a keyed client; empty for the unnamed client of a container; null without a container.</param>
    public static IReadOnlyList<string> Problems(ImaNanoBananaOptions options, string? name = null)
    {
        var problems = new List<string>();
        var keyProblem = name == ImaClientDefaults.TenantsName ? KeyOfAllTenants(options) : ApiKeyProblem.Find(options.ApiKey, name);
        if (keyProblem is not null)
        {
            problems.Add(keyProblem);
        }

        Check(nameof(options.CreateTimeout), options.CreateTimeout, OneSecond, OneHour);
        Check(nameof(options.CancellationGrace), options.CancellationGrace, TimeSpan.Zero, OneHour);
        Check(nameof(options.ReadAttemptTimeout), options.ReadAttemptTimeout, OneSecond, OneHour);
        Check(nameof(options.ReadTimeout), options.ReadTimeout, OneSecond, OneHour);
        Check(nameof(options.PollTimeout), options.PollTimeout, OneSecond, OneHour);
        Check(nameof(options.WatchTimeout), options.WatchTimeout, OneSecond, TimeSpan.FromDays(1));
        Check(nameof(options.TransferStallTimeout), options.TransferStallTimeout, OneSecond, OneHour);
        Check(nameof(options.TransferTimeout), options.TransferTimeout, OneSecond, TimeSpan.FromDays(1));
        if (options.MaxUploadBytes < 1)
        {
            problems.Add($"MaxUploadBytes is {options.MaxUploadBytes}; it must be at least 1.");
        }

        if (options.MaxDownloadBytes < 1)
        {
            problems.Add($"MaxDownloadBytes is {options.MaxDownloadBytes}; it must be at least 1.");
        }

        if (!(options.RequestsPerSecond is null or (> 0 and <= MostRequests)))
        {
            var rate = options.RequestsPerSecond.Value.ToString(CultureInfo.InvariantCulture);
            problems.Add($"RequestsPerSecond is {rate}; it must be above 0 and at most {MostRequests}, or null for no limit.");
        }

        if (options.RequestBurst is < 1 or > MostRequests)
        {
            problems.Add($"RequestBurst is {options.RequestBurst}; it must be between 1 and {MostRequests}.");
        }

        if (options.MaxCredits < 0)
        {
            problems.Add(FormattableString.Invariant($"MaxCredits is {options.MaxCredits}; it must not be negative."));
        }

        if (options.StorageHosts.FirstOrDefault(host => !Transport.StorageHost.IsPattern(host)) is { } bad)
        {
            problems.Add($"StorageHosts holds '{bad}', which is neither a host name nor '*.' followed by the end of a host name.");
        }

        foreach (var model in options.AdditionalModels.Where(static id => !IsModelId(id)).Take(1))
        {
            problems.Add(
                $"AdditionalModels holds '{UntrustedText.Line(model)}', which is not a model id: an id has 1 to {LongestModelId} "
                    + "characters without spaces and control characters.");
        }

        if (options.ReadTimeout < options.ReadAttemptTimeout)
        {
            problems.Add(
                $"ReadTimeout ({options.ReadTimeout}) is less than ReadAttemptTimeout ({options.ReadAttemptTimeout}); it must be "
                    + "at least as long.");
        }

        return problems;

        static bool IsModelId(string? id) => id is { Length: > 0 and <= LongestModelId }
            && !id.Any(static letter => char.IsWhiteSpace(letter) || char.IsControl(letter));

        static string? KeyOfAllTenants(ImaNanoBananaOptions options) => options.ApiKey is null
            ? null
            : "ApiKey is set for the clients of a factory. Each tenant has its own key: return it from the callback of "
                + "AddImaImageClientFactory, or pass it to CreateClient.";

        void Check(string option, TimeSpan value, TimeSpan least, TimeSpan most)
        {
            if (value < least || value > most)
            {
                problems.Add($"{option} is {value}; it must be between {least} and {most}.");
            }
        }
    }
}
