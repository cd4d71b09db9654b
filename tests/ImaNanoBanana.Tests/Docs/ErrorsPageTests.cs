using System.Globalization;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>The tables of docs/errors.md match the code.</summary>
public class ErrorsPageTests
{
    private static readonly MarkdownPage Page = MarkdownPage.Read("docs/errors.md");

    [Fact]
    public void Every_kind_is_listed_with_its_charge_its_retry_and_its_advice() => Assert.Equal(
        Enum.GetValues<ImaErrorKind>().Select(kind =>
        {
            var exception = new ImaException(kind, "text");
            return (
                kind.ToString(),
                Word(exception.ChargeStatus),
                exception.RetryGuidance.ToString(),
                Advice(exception),
                Advice(exception, ImaLanguage.Chinese));
        }),
        Page.TableWith("retry guidance").Select(row =>
            (row["kind"].Text, row["credits spent?"].Text, row["retry guidance"].Text, row["advice"].Text, row["建议"].Text)));

    [Fact]
    public async Task Every_code_ends_as_the_page_says()
    {
        var rows = Page.TableWith("code");

        Assert.Equal(["400", "401", "403", "429", "500", "4008", "4014", "6006", "6009", "6010"], rows.Select(row => row["code"].Text));
        foreach (var row in rows)
        {
            var exception = await RefusedAsync(int.Parse(row["code"].Text, CultureInfo.InvariantCulture));
            Assert.Equal(
                (
                    exception.Code?.ToString(CultureInfo.InvariantCulture),
                    exception.Kind.ToString(),
                    Advice(exception),
                    Advice(exception, ImaLanguage.Chinese)),
                (row["code"].Text, row["kind"].Text, row["advice"].Text, row["建议"].Text));
        }
    }

    [Fact]
    public void Every_rejection_is_listed() =>
        Assert.Equal(Enum.GetNames<ImaInvalidRequestReason>(), Page.TableWith("reason").Select(row => row["reason"].Text));

    private static async Task<ImaException> RefusedAsync(int code)
    {
        var time = new TestTimeProvider();
        using var handler = new ScriptedHandler().With("create", (200, $$"""{"code":{{code}},"message":"no"}"""));
        using var client = TestClient.Patient(handler, time);
        var work = Assert.ThrowsAsync<ImaException>(() => client.SubmitAsync(new ImageRequest("a puppy")));
        await time.RunAsync(work, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        return await work;
    }

    private static string Advice(ImaException exception, ImaLanguage language = default) =>
        exception.GetAdvice(language) is var advice && advice.Suggestion.Length == 0
            ? advice.Reason
            : $"{advice.Reason} / {advice.Suggestion}";

    private static string Word(ImaChargeStatus status) => status switch
    {
        ImaChargeStatus.NotCharged => "no",
        ImaChargeStatus.Charged => "yes",
        _ => "unknown",
    };
}
