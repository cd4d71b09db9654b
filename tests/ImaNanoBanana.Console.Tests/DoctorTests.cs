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

        Assert.Contains("ok      test...6789", _ima.Out, StringComparison.Ordinal);
        Assert.Contains(
            "api.imastudio.com  ok      reachable\nclock              ok      3 s off\nimapi.liveme.com   ok      reachable",
            _ima.Out,
            StringComparison.Ordinal);
        Assert.Contains("4 models, 14 prices", _ima.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(CliRun.Key, _ima.Out + _ima.Error, StringComparison.Ordinal);
        Assert.Empty(_ima.Service.Charges);
    }

    [Fact]
    public async Task A_short_key_is_not_shown()
    {
        _ima.Variables["IMA_API_KEY"] = "ima_01234567";

        await _ima.RunAsync("doctor");

        Assert.Contains("ok      ...\n", _ima.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_clock_and_unreachable_hosts_are_reported()
    {
        _ima.Wire = new Hosts(_ima.Service, _ima.Time.GetUtcNow().AddMinutes(5));
        Assert.Equal(1, await _ima.RunAsync("doctor"));
        Assert.Contains("clock              FAILED  -300 s off", _ima.Out, StringComparison.Ordinal);

        _ima.Wire = null;
        Assert.Equal(1, await _ima.RunAsync("doctor"));
        Assert.Contains("imapi.liveme.com   FAILED", _ima.Out, StringComparison.Ordinal);
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

        Assert.Contains("FAILED  none; set IMA_API_KEY", _ima.Out, StringComparison.Ordinal);
    }

    public void Dispose() => _ima.Dispose();

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
