# The real programs at one site: kemasd with scanners, scales, printers and order databases that the
# tests play, each on ports of its own.
foreach(story main_job api_contract bad_input channel declared commission courier scale_command stop reload line label_files print_policy packing_page dashboard_page)
    add_test(NAME integration.${story}
        COMMAND /usr/bin/python3 -B -m unittest -v ${story}_test
        WORKING_DIRECTORY ${CMAKE_CURRENT_LIST_DIR})
    set_tests_properties(integration.${story} PROPERTIES TIMEOUT 300 COST 15 LABELS integration ENVIRONMENT
        "KEMASD=$<TARGET_FILE:kemasd>;KEMAS_SIM=$<TARGET_FILE:kemas-sim>;KEMASCTL=$<TARGET_FILE:kemasctl>;KEMAS_DECODE=$<TARGET_FILE:kemas-decode>")
endforeach()
# Three hundred pages are drawn and read: half a minute of work, more on a busy machine.
set_tests_properties(integration.label_files PROPERTIES TIMEOUT 600 COST 40)
# Numbers and labels come as slowly as a marketplace that loses every fourth answer gives them.
set_tests_properties(integration.channel PROPERTIES TIMEOUT 900 COST 60)
