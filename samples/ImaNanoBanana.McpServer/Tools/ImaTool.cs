using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ImaNanoBanana.Masking;
using ImaNanoBanana.Mcp.Answers;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ImaNanoBanana.Mcp.Tools;

/// <summary>
/// A tool that reads its arguments by its own schema and answers every error with what it cost. The MCP SDK would create the
/// schemas by reflection and report to the model only that an error occurred.
/// </summary>
internal abstract class ImaTool<TArguments, TAnswer>(
    Tool tool, JsonTypeInfo<TArguments> arguments, JsonTypeInfo<TAnswer> answer, ServerSettings settings) : McpServerTool
{
    public override Tool ProtocolTool { get; } = WithSchema(tool, arguments);

    public override IReadOnlyList<object> Metadata { get; } = [];

    protected Wording Say => settings.Say;

    /// <summary>Whether a call may be charged.</summary>
    protected virtual bool IsSubmission => false;

    /// <summary>Whether a call is about a task, new or existing.</summary>
    protected virtual bool IsOfTask => false;

    [SuppressMessage("Design", "CA1031", Justification = "The model learns what a call cost, whatever the error.")]
    public override async ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            var read = ArgumentReader.Read(request.Params?.Arguments, arguments, Say);
            var (content, blocks) = await RunAsync(read, request, cancellationToken);
            return Result(request, content, blocks, isError: false);
        }
        catch (Exception exception) when (exception is not InputRequiredException && !cancellationToken.IsCancellationRequested)
        {
            var facts = Echo.Shorten(Failures.FromException(exception, IsSubmission, IsOfTask, settings));
            return Result(request, Failed(facts), [], isError: true);
        }
    }

    protected abstract Task<(TAnswer Answer, IReadOnlyList<ContentBlock> Blocks)> RunAsync(
        TArguments arguments, RequestContext<CallToolRequestParams> call, CancellationToken cancellationToken);

    protected abstract TAnswer Failed(ErrorFacts facts);

    protected abstract string Text(TAnswer answer);

    private CallToolResult Result(
        RequestContext<CallToolRequestParams> request, TAnswer content, IReadOnlyList<ContentBlock> blocks, bool isError) =>
        AnswerPacker.Pack(
            UntrustedText.Clean(Text(content), keepsLines: true),
            blocks,
            settings.IsStructured ? JsonSerializer.SerializeToElement(content, answer) : null,
            isError,
            ClientFeatures.FromServer(request.Server),
            settings.AnswerCharacters);

    /// <summary>
    /// There is no schema of the answers: it would be most of the list of tools, and the text of an answer says all.
    /// </summary>
    private static Tool WithSchema(Tool tool, JsonTypeInfo arguments)
    {
        tool.InputSchema = ToolSchema.CreateForArguments(arguments);
        return tool;
    }
}
