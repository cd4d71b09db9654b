using System.CommandLine;
using ImaNanoBanana.Cli.Output;

namespace ImaNanoBanana.Cli.CommandLine;

/// <summary>Provides the examples of the help. Pure.</summary>
internal static class Examples
{
    /// <returns>Command lines that run as they are, apart from the names of files and tasks.</returns>
    public static IReadOnlyList<string> Of(Command command, Wording say) => command is RootCommand
        ? [
            say["ima generate \"a cute puppy on grass\" --simulate", "ima generate \"草地上的可爱小狗\" --simulate"],
            say["ima generate \"a puppy\" --size 2K -o puppy.png", "ima generate \"一只小狗\" --size 2K -o puppy.png"],
            "ima help batch",
        ]
        : OfCommand(command.Name, say);

    private static string[] OfCommand(string name, Wording say) => name switch
    {
        "generate" => [
            say["ima generate \"a cute puppy on grass\" -o puppy.png", "ima generate \"草地上的可爱小狗\" -o puppy.png"],
            say[
                "ima generate \"a poster\" --model pro --size 4K --aspect-ratio 9:16",
                "ima generate \"一张海报\" --model pro --size 4K --aspect-ratio 9:16"],
            say["ima generate \"a logo\" -n 4 --max-credits 50 -o logos/", "ima generate \"一个徽标\" -n 4 --max-credits 50 -o logos/"],
        ],
        "edit" => [
            say["ima edit \"add a red hat\" --image photo.jpg -o hat.png", "ima edit \"加一顶红帽子\" --image photo.jpg -o hat.png"],
            say["ima edit \"combine them\" -i one.png -i two.png", "ima edit \"把两张图合成一张\" -i one.png -i two.png"],
        ],
        "batch" => [
            "ima batch prompts.txt -o out/",
            "ima batch list.csv -o out/ --budget 100",
            "ima batch list.jsonl --concurrency 8 --json > results.jsonl",
        ],
        "quote" => ["ima quote --model \"best 4K landscape\"", "ima quote --size 2K -n 4"],
        "models" => ["ima models", "ima models --task-type image_to_image"],
        "status" => ["ima status TASK_ID"],
        "watch" => ["ima watch TASK_ID", "ima watch TASK_ID -o puppy.png"],
        "resume" => ["ima resume -o out/"],
        "tasks" => ["ima tasks"],
        "usage" => ["ima usage", "ima usage --by model --days 7"],
        "journal" => ["ima journal list"],
        "list" => ["ima journal list"],
        "attach" => ["ima journal attach KEY TASK_ID"],
        "remove" => ["ima journal remove KEY"],
        "init" => ["ima init", "ima init < key.txt"],
        "upload" => ["ima upload photo.jpg"],
        "doctor" => ["ima doctor"],
        "simulator" => ["ima simulator --port 5080"],
        "help" => ["ima help generate"],
        "version" => ["ima version"],
        "completion" => CompletionScripts.Installations,
        _ => [],
    };
}
