using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;
using ImaNanoBanana.Diagnostics;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Client;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>The C# of docs/telemetry.md on the OpenTelemetry SDK itself, and its tables.</summary>
public class TelemetrySnippets
{
    private static readonly MarkdownPage Page = MarkdownPage.Read("docs/telemetry.md");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OpenTelemetry_exports_every_span_and_every_instrument_of_the_page()
    {
        var (spans, metricsSeen) = (new List<Activity>(), new List<(string Name, string Unit)>());
        using var spansOut = new Exporter<Activity>(spans.Add);
        using var toYourBackend = new SimpleActivityExportProcessor(spansOut);
        using var metricsOut = new Exporter<Metric>(metric => metricsSeen.Add((metric.Name, metric.Unit)));
        using var toYourMetrics = new BaseExportingMetricReader(metricsOut);
        // >>>
        using var traces = Sdk.CreateTracerProviderBuilder().AddSource(ImaTelemetry.ActivitySourceName).AddProcessor(toYourBackend).Build();
        using var metrics = Sdk.CreateMeterProviderBuilder().AddMeter(ImaTelemetry.MeterName).AddReader(toYourMetrics).Build();
        // <<<

        await GenerateAsync();
        metrics.ForceFlush();

        Assert.Equal(
            Page.TableWith("span").Select(
                row => row["span"].Text.Replace("MODEL", "gemini-3.1-flash-image", StringComparison.Ordinal)).Order(),
            spans.Select(span => span.DisplayName).Distinct().Order());
        Assert.Equal(
            Page.TableWith("instrument").Select(row => (row["instrument"].Text, row["unit"].Text)).Order(), metricsSeen.Order());
    }

    [Fact]
    public void Log_events_are_those_of_the_page() => Assert.Equal(
        typeof(ImaLog).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()!).OrderBy(log => log.EventId)
            .Select(log => ($"{log.EventId}", log.Level.ToString(), log.Message)),
        Page.TableWith("level").Select(row => (row["id"].Text, row["level"].Text, row["text"].Text)));

    private static async Task GenerateAsync()
    {
        var time = new TestTimeProvider();
        using var client = TestClient.Patient(new ImaSimulator(time), time);
        var request =
            new ImageRequest("a cute puppy on grass") { Images = [ImageInput.FromBytes(Convert.FromHexString("89504E470D0A1A0A00"))] };
        await client.QuoteAsync(request, Token);
        var work = client.GenerateAsync(request, Token);
        await time.RunAsync(work, TimeSpan.FromSeconds(60), Token);
        using var file = new MemoryStream();
        await client.DownloadAsync((await work).Image, file, Token);
    }

    private sealed class Exporter<T>(Action<T> export) : BaseExporter<T>
        where T : class
    {
        public override ExportResult Export(in Batch<T> batch)
        {
            foreach (var item in batch)
            {
                export(item);
            }

            return ExportResult.Success;
        }
    }
}
