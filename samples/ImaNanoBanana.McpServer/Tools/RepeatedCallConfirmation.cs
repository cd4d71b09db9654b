using System.Globalization;
using ImaNanoBanana.Mcp.Submissions;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ImaNanoBanana.Mcp.Tools;

/// <summary>
/// Shows the price to the person of a client without a session: the question ends the call, and the client repeats the call with the
/// answer, perhaps at another instance. Between the two calls nothing is reserved and nothing is remembered.
/// </summary>
internal sealed class RepeatedCallConfirmation(RequestContext<CallToolRequestParams> call, ServerSettings settings) : IConfirmation
{
    private const string QuestionId = "price";

    /// <summary>Whether the call ends with the question.</summary>
    public bool HasAsked { get; private set; }

    /// <exception cref="InputRequiredException">The person must be asked first.</exception>
    public Task ConfirmAsync(ImageQuote quote, CreditUsage usage, string prompt, CancellationToken cancellationToken)
    {
        if (!Confirmation.IsAsked(call.Server.ClientCapabilities, settings))
        {
            return Task.CompletedTask;
        }

        if (Answer() is not { } answer || ShownPrice() is not { } shown || quote.Credits > shown)
        {
            // Also if the price has risen since the question: the person is asked again.
            HasAsked = true;
            throw Ask(quote, usage, prompt);
        }

        return answer.Action == Confirmation.Accept ? Task.CompletedTask : throw Unconfirmed.Declined(settings.Say);
    }

    private ElicitResult? Answer() =>
        call.Params?.InputResponses?.TryGetValue(QuestionId, out var response) == true
            ? response.Deserialize(InputResponse.ElicitResultJsonTypeInfo)
            : null;

    /// <summary>The client could change the price in its state, but it could as well answer for the person.</summary>
    private decimal? ShownPrice() =>
        decimal.TryParse(call.Params?.RequestState, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price)
            ? price
            : null;

    private InputRequiredException Ask(ImageQuote quote, CreditUsage usage, string prompt) => new(
        new Dictionary<string, InputRequest>
        {
            [QuestionId] = InputRequest.ForElicitation(Confirmation.Question(quote, usage, prompt, settings)),
        },
        quote.Credits.ToString(CultureInfo.InvariantCulture));
}
