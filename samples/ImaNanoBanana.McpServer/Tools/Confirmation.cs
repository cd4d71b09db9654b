using ImaNanoBanana.Mcp.Submissions;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ImaNanoBanana.Mcp.Tools;

/// <summary>Shows the price to the person, if the client can, and waits for the decision.</summary>
internal sealed class Confirmation(McpServer server, ServerSettings settings, TimeProvider time) : IConfirmation
{
    public const string Accept = "accept";

    /// <value>10 minutes: a price that is confirmed later is no longer expected to be spent.</value>
    private static readonly TimeSpan LongestQuestion = TimeSpan.FromMinutes(10);

    /// <summary>Whether the person is asked. A capability without a mode means forms.</summary>
    public static bool IsAsked(ClientCapabilities? client, ServerSettings settings) =>
        settings.Confirm && client?.Elicitation is { } asks && (asks.Form is not null || asks.Url is null);

    public static ElicitRequestParams Question(ImageQuote quote, CreditUsage usage, string prompt, ServerSettings settings) => new()
    {
        Message = Limits.Question(quote, usage, settings.Budget, prompt, settings.Say),
        RequestedSchema = new(),
    };

    public async Task ConfirmAsync(ImageQuote quote, CreditUsage usage, string prompt, CancellationToken cancellationToken)
    {
        if (!IsAsked(server.ClientCapabilities, settings))
        {
            return;
        }

        ElicitResult answer;
        using var expired = new CancellationTokenSource(LongestQuestion, time);
        using var asking = CancellationTokenSource.CreateLinkedTokenSource(expired.Token, cancellationToken);
        try
        {
            answer = await server.ElicitAsync(Question(quote, usage, prompt, settings), asking.Token);
        }
        catch (OperationCanceledException) when (expired.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Unconfirmed.NotAnswered(settings.Say);
        }
        catch (Exception exception) when (exception is McpException or InvalidOperationException)
        {
            throw Unconfirmed.NotAsked(settings.Say);
        }

        if (answer.Action != Accept)
        {
            throw Unconfirmed.Declined(settings.Say);
        }
    }
}
