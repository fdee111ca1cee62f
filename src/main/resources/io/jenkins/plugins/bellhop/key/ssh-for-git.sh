# Git runs this in ssh's place: sh ssh-for-git [options] [user@]host command
# It offers a repository of the table "routes" its one key. For every other one it does what was done without it.
# What git passes is compared, never evaluated. Nothing goes to the standard output: it is the protocol's.

directory=${0%/*}
upper=ABCDEFGHIJKLMNOPQRSTUVWXYZ
lower=abcdefghijklmnopqrstuvwxyz
digits=0123456789

# What git would have run: its order is GIT_SSH_COMMAND, core.sshCommand, GIT_SSH, ssh. An ssh-agent of the block's own isn't
# for other servers; they see the one that was there before.
without_us() {
    if [ -f "$directory/agent-before" ]; then
        SSH_AUTH_SOCK=$(cat "$directory/agent-before")
        [ -n "$SSH_AUTH_SOCK" ] || unset SSH_AUTH_SOCK
    fi
    if [ -f "$directory/before" ]; then
        before=$(cat "$directory/before")
    else
        before=$(git config --get core.sshCommand 2>/dev/null)
    fi
    if [ -n "$before" ]; then
        exec sh -c "$before \"\$@\"" "$before" "$@"
    fi
    exec "${GIT_SSH:-ssh}" "$@"
}

# Sets readable, flags, port, login, protocol, destination and call from ssh's arguments.
read_arguments() {
    readable= flags= port= login= protocol= destination= call=
    while [ $# -gt 0 ]; do
        case $1 in
        --) shift; break ;;
        -p) port=${2-}; [ $# -ge 2 ] || return; shift 2 ;;
        -p?*) port=${1#-p}; shift ;;
        -l) login=${2-}; [ $# -ge 2 ] || return; shift 2 ;;
        -l?*) login=${1#-l}; shift ;;
        -o) [ $# -ge 2 ] || return; read_option "$2"; shift 2 ;;
        -o?*) read_option "${1#-o}"; shift ;;
        -[BbcDEeFIiJLmOPQRSWw]) [ $# -ge 2 ] || return; shift 2 ;;
        -[BbcDEeFIiJLmOPQRSWw]?*) shift ;;
        -[46CTnqv]) flags="$flags $1"; shift ;;
        -[AafgKkMNstXxYy]) shift ;;
        -*) return ;;
        *) break ;;
        esac
    done
    [ $# -gt 0 ] || return
    destination=$1
    shift
    call=$*
    case $destination in -*) return ;; esac
    readable=yes
}

# Of ssh's own options only this one is git's; others could bring in another key or another host.
read_option() {
    case $1 in
    SendEnv=GIT_PROTOCOL) protocol=yes ;;
    esac
}

# Prints the text in lower case.
lowered() {
    case $1 in
    *["$upper"]*) printf %s "$1" | tr "$upper" "$lower" ;;
    *) printf %s "$1" ;;
    esac
}

# Sets host and path from destination and call; each is empty when it can't be one of the table.
read_target() {
    host=${destination##*@}
    case $host in
    *[!"$upper$lower$digits"._:-]*) host= ;;
    *) host=$(lowered "$host") ;;
    esac
    path=
    case $call in
    "git-upload-pack "* | "git-receive-pack "* | "git-upload-archive "*) path=${call#* } ;;
    "git-lfs-authenticate "* | "git-lfs-transfer "*) path=${call#* } path=${path%% *} ;;
    esac
    path=${path#\'} path=${path%\'}
    case $path in
    *[!"$upper$lower$digits"._~@/{}-]*) path= ;;
    esac
    while :; do
        case $path in
        /*) path=${path#/} ;;
        */) path=${path%/} ;;
        *) break ;;
        esac
    done
    path=${path%.git}
}

# Sets kind and number from the first fitting line of the table; kind is "other" for another repository of a server in it.
look_up() {
    kind= number=
    any_case=$(lowered "$path")
    while read -r line_kind line_host line_port spelling line_path line_number; do
        [ "$line_host $line_port" = "$host $port" ] || continue
        kind=other
        case $spelling in
        any-case) asked=$any_case ;;
        *) asked=$path ;;
        esac
        if [ -n "$asked" ] && { [ "$line_path" = "$asked" ] || [ "$line_path" = "*" ]; }; then
            kind=$line_kind number=$line_number
            return
        fi
    done <"$directory/routes"
}

read_arguments "$@"
[ -n "$readable" ] || without_us "$@"
port=${port:-22}
read_target
look_up
case $kind in
key)
    # Unquoted on purpose: flags are single letters.
    exec ssh -F "$directory/config-$number" $flags ${protocol:+-o SendEnv=GIT_PROTOCOL} \
        -p "$port" ${login:+-l "$login"} -- "$destination" ${call:+"$call"}
    ;;
refuse)
    cat "$directory/refusal-$number" >&2
    exit 255
    ;;
other)
    echo "Bellhop has no key for ${path:-this call} on $host; ssh goes on with what this machine has." >&2
    ;;
esac
without_us "$@"
