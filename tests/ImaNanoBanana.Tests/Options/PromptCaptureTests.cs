using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ImaNanoBanana.Tests.Options;

/// <summary>Prompts in traces: enabled by the conventional variable, and never against the app's own setting.</summary>
public class PromptCaptureTests
{
    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("false", false)]
    [InlineData("NO_CONTENT", false)]
    [InlineData("EVENT_ONLY", false)]
    [InlineData("true", true)]
    [InlineData(" True ", true)]
    [InlineData("SPAN_ONLY", true)]
    [InlineData("span_and_event", true)]
    public void Environment_applies_if_the_app_sets_nothing(string? value, bool traces)
    {
        using var variable = new EnvironmentVariable("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", value);
        var services = new ServiceCollection();
        services.AddImaNanoBanana();
        services.AddKeyedImaNanoBanana("tenant-a", options => options.ApiKey = "ima_a");
        using var provider = services.BuildServiceProvider();

        var options = provider.GetRequiredService<IOptionsMonitor<ImaNanoBananaOptions>>();

        Assert.Equal((traces, traces), (Read(options, ""), Read(options, "tenant-a")));
    }

    [Theory]
    [InlineData("delegate")]
    [InlineData("section")]
    [InlineData("before")]
    public void Setting_of_the_app_takes_precedence(string where)
    {
        using var variable = new EnvironmentVariable("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "true");
        using var key = new EnvironmentVariable("IMA_API_KEY", "ima_key");
        var services = new ServiceCollection();
        if (where == "before")
        {
            services.Configure<ImaNanoBananaOptions>(options => options.EnableSensitiveData = false);
        }

        var builder = where == "section"
            ? services.AddImaNanoBanana(new ConfigurationBuilder().AddInMemoryCollection([new("EnableSensitiveData", "false")]).Build())
            : services.AddImaNanoBanana(options => options.EnableSensitiveData = where != "delegate" && options.EnableSensitiveData);
        builder.Services.AddImaNanoBanana();
        using var provider = services.BuildServiceProvider();

        Assert.False(Read(provider.GetRequiredService<IOptionsMonitor<ImaNanoBananaOptions>>(), ""));
    }

    private static bool Read(IOptionsMonitor<ImaNanoBananaOptions> options, string name)
    {
        using var key = new EnvironmentVariable("IMA_API_KEY", "ima_key");
        return options.Get(name).EnableSensitiveData;
    }
}
