using System.Text;
using System.Text.Json;
using ImaNanoBanana.Cli.Logging;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Console.Tests;

/// <summary>Texts of the service must have no effect on a terminal, a log or the program.</summary>
public sealed class TerminalTextTests : IDisposable
{
    private readonly CliRun _ima = new();

    /// <summary>A reason that is cut inside a character ends neither the log nor the program.</summary>
    [Fact]
    public async Task A_reason_that_is_cut_inside_a_character_is_reported()
    {
        using var wire = new FailingHandler(_ima.Service, new string('a', 299) + "😀" + new string('b', 300));
        _ima.Wire = wire;

        Assert.Equal(1, await _ima.RunAsync("generate", "a puppy", "--json"));

        var error = JsonDocument.Parse(_ima.OutLines[^1]).RootElement.GetProperty("error");
        Assert.Equal(
            ("TaskFailed", "SubmitAgainAtNewCost"),
            (error.GetProperty("kind").GetString(), error.GetProperty("retry_guidance").GetString()));
        Assert.NotNull(error.GetProperty("handle").GetString());
    }

    /// <summary>A strict encoding cannot write an incomplete character; the line is written with a replacement.</summary>
    [Fact]
    public void A_log_replaces_incomplete_characters_and_keeps_lines_whole()
    {
        var folder = Path.Combine(_ima.Home, "logs");
        var log = new RollingLog(folder, "secret-key", _ima.Time);

        log.Write(LogLevel.Warning, "a\ud83d\r\nb\u001b[2Jc\u202ed");
        log.Log(LogLevel.Error, default, 0, null, (_, _) => throw new InvalidOperationException("no text"));

        Assert.EndsWith("a\ufffd b c d\n", File.ReadAllText(Directory.GetFiles(folder).Single(), Encoding.UTF8), StringComparison.Ordinal);
    }

    /// <summary>Neither standard output nor standard error contains control sequences for a terminal; JSON escapes them.</summary>
    [Theory]
    [InlineData]
    [InlineData("--json")]
    [InlineData("--narrate")]
    public async Task A_reason_cannot_control_a_terminal(params string[] more)
    {
        using var wire = new FailingHandler(_ima.Service, "violates\\u001b[2J \\u009b31mcontent\\u202e policy");
        _ima.Wire = wire;

        Assert.Equal(1, await _ima.RunAsync(["generate", "a puppy", .. more]));

        Assert.Contains("content policy", _ima.Error, StringComparison.Ordinal);
        Assert.Contains("Change the description", _ima.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(_ima.Out + _ima.Error, letter => letter is not '\n' && (char.IsControl(letter) || letter == '\u202e'));
    }

    public void Dispose() => _ima.Dispose();

    /// <summary>The service, with tasks that fail with a reason (JSON text).</summary>
    private sealed class FailingHandler(HttpMessageHandler service, string reason) : DelegatingHandler(service)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri!.AbsolutePath.EndsWith("detail", StringComparison.Ordinal))
            {
                response.Content = new StringContent(
                    $"{{\"code\":200,\"data\":{{\"medias\":[{{\"resource_status\":2,\"error_msg\":\"{reason}\"}}]}}}}",
                    Encoding.UTF8,
                    "application/json");
            }

            return response;
        }
    }
}
