using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ImaNanoBanana.Tools;

/// <summary>
/// A function that reads its arguments by its own schema and returns errors with what they cost: a chat client would tell the model
/// only that the function failed.
/// </summary>
[Experimental("MEAI001")]
internal sealed class ImageTool(
    ToolDefinition definition, Func<ToolArguments, CancellationToken, Task<ImageToolAnswer>> run, ImaLanguage language) : AIFunction
{
    public override string Name => definition.Name;

    public override string Description => definition.Description;

    public override JsonElement JsonSchema => definition.Schema;

    /// <summary>JSON, so that a chat client without reflection can serialize it.</summary>
    public override JsonElement? ReturnJsonSchema => null;

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) =>
        JsonSerializer.SerializeToElement(
            await AnswerAsync(arguments, cancellationToken).ConfigureAwait(false), ImageToolJsonContext.Default.ImageToolAnswer);

    private async Task<ImageToolAnswer> AnswerAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        try
        {
            return await run(new ToolArguments(definition, arguments), cancellationToken).ConfigureAwait(false);
        }
        catch (ArgumentException exception)
        {
            // The client, too, throws it only before it submits anything.
            return ImageToolAnswer.Refused(exception);
        }
        catch (ImaException exception)
        {
            return ImageToolAnswer.Failed(exception, language);
        }
    }
}
