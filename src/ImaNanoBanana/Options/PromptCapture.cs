using Microsoft.Extensions.Options;

namespace ImaNanoBanana.Options;

/// <summary>
/// Reads the environment variable by which OpenTelemetry instrumentations include prompts in traces. The app's own
/// configuration overrides it.
/// </summary>
internal sealed class PromptCapture : IConfigureNamedOptions<ImaNanoBananaOptions>
{
    public const string Variable = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

    private static readonly string[] OnSpans = ["true", "SPAN_ONLY", "SPAN_AND_EVENT"];

    public void Configure(string? name, ImaNanoBananaOptions options) => options.EnableSensitiveData =
        OnSpans.Contains(Environment.GetEnvironmentVariable(Variable)?.Trim(), StringComparer.OrdinalIgnoreCase);

    public void Configure(ImaNanoBananaOptions options) => Configure(Microsoft.Extensions.Options.Options.DefaultName, options);
}
