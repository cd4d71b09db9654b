using System.Text.Json;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Console.Tests;

public sealed class DoctorTests : IDisposable
{
    private readonly CliRun _ima = new();

    [Fact]
    public async Task All_is_well_and_the_key_is_masked()
    {
        _ima.Wire = new Hosts(_ima.Service, _ima.Time.GetUtcNow().AddSeconds(-3));

        Assert.Equal(0, await _ima.RunAsync("doctor"));

        Assert.Equal(
            [
                ("key", "IMA_API_KEY (...6789)"),
                ("product list", "2 models, 14 prices"),
                ("api.imastudio.com", "reachable"),
                ("imapi.liveme.com", "reachable"),
                ("clock", "3 s off"),
                ("journal", $"{Path.Combine(_ima.Data, "ima-nano-banana", "journal")} (0 to fetch, 0 with an unknown outcome)"),
                ("preferences", $"{PreferenceTests.FileOf(_ima)} (users: 0)"),
                ("logs", Path.Combine(_ima.Home, ".openclaw", "logs", "ima_skills")),
            ],
            Checks("ok"));
        Assert.DoesNotContain(CliRun.Key, _ima.Out + _ima.Error, StringComparison.Ordinal);
        Assert.Empty(_ima.Service.Charges);
    }

    [Fact]
    public async Task A_short_key_is_not_shown()
    {
        _ima.Variables["IMA_API_KEY"] = "ima_01234567";

        await _ima.RunAsync("doctor");

        Assert.Contains("ok           IMA_API_KEY (...)\n", _ima.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_clock_and_unreachable_hosts_are_reported()
    {
        _ima.Wire = new Hosts(_ima.Service, _ima.Time.GetUtcNow().AddMinutes(5));
        Assert.Equal(1, await _ima.RunAsync("doctor"));
        Assert.Contains("clock              FAILED       -300 s off", _ima.Out, StringComparison.Ordinal);

        _ima.Wire = null;
        Assert.Equal(1, await _ima.RunAsync("doctor"));
        Assert.Equal(["api.imastudio.com", "imapi.liveme.com"], Checks("FAILED").Select(check => check.Name));
        Assert.Equal([("clock", "no answer of the service contained its time")], Checks("not checked"));
    }

    [Fact]
    public async Task A_rejected_key_is_reported()
    {
        _ima.Service.Script("list", new SimulatedFault { Status = 401 }, new SimulatedFault { Status = 401 });

        Assert.Equal(4, await _ima.RunAsync("doctor", "--json"));

        var list = JsonDocument.Parse(_ima.Out).RootElement.EnumerateArray().Single(
            check => check.GetProperty("check").GetString() == "product list");
        Assert.False(list.GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task A_missing_key_is_reported()
    {
        _ima.Variables.Remove("IMA_API_KEY");

        Assert.Equal(4, await _ima.RunAsync("doctor"));

        Assert.Equal(("key", "none; set IMA_API_KEY or run `ima init`"), Checks("FAILED")[0]);
        Assert.Contains(("product list", "there is no key"), Checks("not checked"));
    }

    [Fact]
    public async Task In_a_simulated_run_the_service_is_not_checked()
    {
        Assert.Equal(0, await _ima.RunAsync("doctor", "--simulate", "--json"));

        var checks = JsonDocument.Parse(_ima.Out).RootElement.EnumerateArray().ToDictionary(
            check => check.GetProperty("check").GetString()!, check => check.GetProperty("ok").ValueKind);
        Assert.Equal(
            ["key", "api.imastudio.com", "imapi.liveme.com", "clock", "journal"],
            checks.Where(check => check.Value == JsonValueKind.Null).Select(check => check.Key));
        Assert.Equal(JsonValueKind.True, checks["product list"]);
    }

    [Fact]
    public async Task The_journal_and_the_preferences_are_read()
    {
        _ima.Wire = new Hosts(_ima.Service, _ima.Time.GetUtcNow());
        await _ima.InterruptedAsync("Accepted", "generate", "a puppy");
        await PreferenceTests.WriteAsync(_ima, "not JSON");

        _ima.Wire = new Hosts(_ima.Service, _ima.Time.GetUtcNow());
        Assert.Equal(1, await _ima.RunAsync("doctor"));

        Assert.Contains(
            "(1 to fetch, 0", Checks("ok").Single(check => check.Name == "journal").Detail, StringComparison.Ordinal);
        Assert.Equal(
            ("preferences", $"{PreferenceTests.FileOf(_ima)} has another format and is not changed; rename it"),
            Assert.Single(Checks("FAILED")));
    }

    public void Dispose() => _ima.Dispose();

    private List<(string Name, string Detail)> Checks(string state) => [
        .. from line in _ima.OutLines
           let at = line.IndexOf("  " + state, StringComparison.Ordinal)
           where at > 0
           select (line[..at].Trim(), line[(at + 2 + state.Length)..].Trim())];

    /// <summary>Answers requests that only check whether the host is reachable, and returns the time.</summary>
    private sealed class Hosts(HttpMessageHandler service, DateTimeOffset time) : DelegatingHandler(service)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method != HttpMethod.Head)
            {
                return base.SendAsync(request, cancellationToken);
            }

            Assert.Null(request.Headers.Authorization);
            var answer = new HttpResponseMessage(System.Net.HttpStatusCode.NotFound);
            answer.Headers.Date = time;
            return Task.FromResult(answer);
        }
    }
}
